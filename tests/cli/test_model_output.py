"""What imports tell of the files that they read."""

from beroenden.cli.model_output import show_findings
from beroenden.modelfiles.findings import Finding


def test_warnings_that_are_alike_are_told_once_with_their_number(capsys):
    alike = [Finding("B696", "warning", "one of telia, tele2 is enough", "a.xml", line, 1) for line in (7, 9, 11)]
    show_findings([*alike, Finding("B696", "warning", "one of x, y is enough", "a.xml", 12, 1)])
    assert capsys.readouterr().err.splitlines() == [
        "a.xml:7:1: warning B696 one of telia, tele2 is enough (the same in 2 more places)",
        "a.xml:12:1: warning B696 one of x, y is enough",
    ]
