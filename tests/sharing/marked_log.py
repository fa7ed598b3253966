"""A log on a marked model with a marker in every text, each entry with a label drawn anew."""

import random
from pathlib import Path

from sharing.marking import Marked

from beroenden.incident.log.entries import Log
from beroenden.incident.log.read import load_log
from beroenden.model.labels import TLP

_KINDS = (
    ("outage", 'source = "{}"\ntext = "{}"\nstatus = "confirmed"\nentity = "{bankgirot}"\nstart = 2026-12-16T08:10:00+01:00\nfor = {{ min = "2h", mode = "20h", max = "60h" }}'),
    ("outage", 'source = "{}"\ntext = "{}"\nentity = "{telia}"\nstart = 2026-12-16T08:20:00+01:00'),
    ("outage", 'source = "{}"\ntext = "{}"\nstatus = "feared"\nentity = "{swedbank}"\nstart = 2026-12-16T10:00:00+01:00\nfor = "8h"'),
    ("observation", 'source = "{}"\ntext = "{}"\nentity = "{fk-utbetalning}"\nlevel = 0.5'),
    ("observation", 'source = "{}"\ntext = "{}"\ntopic = "kommunikation"'),
    ("observation", 'source = "{}"\ntext = "{}"\ntopic = "ekonomisk"\nentity = "{riksbanken}"'),
    ("measure", 'source = "{}"\ntext = "{}"\ntype = "operational"\nowner = "{}"\nprogress = "done"\neffect = "yes"\nintended_effect = "{}"\nconcerns = ["{bankgirot}"]'),
    ("measure", 'source = "{}"\ntext = "{}"\ntype = "strategic"\nowner = "{}"\nprogress = "ongoing"\nintended_effect = "{}"\ndue = 2026-12-16T09:00:00+01:00'),
    ("decision", 'source = "{}"\ntext = "{}"\nby = "{}"'),
    ("message", 'source = "{}"\ntext = "{}"\naudience = "external"\nchannel = "{}"\nconcerns = ["{bankgirot}"]'),
    ("message", 'source = "{}"\ntext = "{}"\naudience = "internal"\nchannel = "{}"'),
    ("request", 'source = "{}"\ntext = "{}"\ntype = "information"\nto = "{swedbank}"\nrole = "{}"\nanswered = 2026-12-16T09:00:00+01:00\nanswer = "{}"'),
    ("request", 'source = "{}"\ntext = "{}"\ntype = "message"\nto = "{csn}"\nrole = "{}"'),
)  # fmt: skip


def marked_log(marked: Marked, seed: int, path: Path, actor: str) -> tuple[Log, dict[str, tuple[str, str | None]]]:
    """A log and, for each marker in it, its label; nobody owns an entry, and what others sent is theirs."""
    choice, owners = random.Random(seed), dict[str, tuple[str, str | None]]()

    def marker(label: str, sender: str | None = None) -> str:
        made = f"lg{len(owners)}q"
        owners[made] = (label, sender)
        return made

    own = choice.choice(TLP)
    head = (
        f'[incident]\nid = "i-{marker(own)}"\nname = "Event {marker(own)}"\nactor = "{actor}"\nmodel = "m.toml"\n'
        f'opened = 2026-12-16T08:00:00+01:00\nexercise = true\ntlp = "{own}"\n'
    )
    parts = [head]
    for number, (kind, body) in enumerate(_KINDS):
        label = choice.choice(TLP)
        texts = [f"Said {marker(label)}" for _ in range(body.count("{}"))]
        filled = body.replace("{{", "\0").replace("}}", "\1")
        for one, here in marked.ids.items():
            filled = filled.replace(f"{{{one}}}", here)
        for text in texts:
            filled = filled.replace("{}", text, 1)
        filled = filled.replace("\0", "{").replace("\1", "}")
        stated = "" if choice.random() < 0.2 else f'tlp = "{label}"\n'
        if not stated:
            for name in [one for one in owners if any(one in text for text in texts)]:
                owners[name] = (own, None)
        disclose = str(choice.random() < 0.8).lower()
        parts.append(
            f'[[{kind}]]\nid = "{kind}-{number + 1}"\ntime = 2026-12-16T08:{number + 30}:00+01:00\n'
            f"disclose = {disclose}\n{stated}{filled}\n"
        )
    parts.append(_received(marked, marker, choice))
    path.write_text("\n".join(parts), "utf-8")
    log, findings = load_log(path, marked.network)
    assert not [one for one in findings if one.severity == "error"], [str(one) for one in findings]
    return log, owners


def _received(marked: Marked, marker, choice: random.Random) -> str:
    label, sender = choice.choice(TLP), marked.ids["swedbank"]
    statements = []
    for section in ("fakta.handelse", "prognos.konsekvenser"):
        inner = choice.choice(TLP[: TLP.index(label) + 1])
        statements.append(
            f'  [[received.statement]]\n  section = "{section}"\n  text = "Told {marker(label, sender)}"\n  status = "bekräftad"\n'
            f'  source = "By {marker(label, sender)}"\n  tlp = "{inner}"\n'
            f'  claims = [{{ subject = "{marked.ids["bankgirot"]}", aspect = "start", value = "2026-12-16T08:15+01:00" }}]\n'
        )
    return (
        f'[[received]]\nid = "received-1"\ntime = 2026-12-16T09:20:00+01:00\nsource = "{marker(label)}"\ntlp = "{label}"\n'
        f'sender = "{sender}"\nsender_name = "{marker(label, sender)}"\nnumber = 1\n'
        f'at = 2026-12-16T09:00:00+01:00\napproved_by = "{marker(label, sender)}"\nhash = "sha256:0"\n'
        + "\n".join(statements)
    )
