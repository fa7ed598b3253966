"""A short example of each table; those of a model make one model together."""

MODEL = {
    "model": """[model]
name = "Exempel"
version = "2026.1"
tlp = "TLP:GREEN"
accounts = { banken = 0.4, sparbanken = 0.6 }
""",
    "entity": """[[entity]]
id = "utbetalning"
name = "Myndighetens utbetalningssystem"
kind = "system"
owner = "myndigheten"
mtpd = "24h"
rto = "8h"
rta = "7h 30min"
rta_tested = 2026-03-01
tlp = "TLP:AMBER"
source = "Myndigheten, intervju 2026-02"
verified = 2026-02-14
confidence = "high"
failure = { per_year = 0.5, duration = { p50 = "2h", p90 = "12h" } }
contact = { role = "TiB", channel = "tib@example.se" }
""",
    "need": """  [[entity.needs]]
  provider = "driften"
  endurance = "4h"
  restart = "30min"
  expects = "2h"
  what = "Körning av utbetalningar"

  [[entity.needs]]
  any_of = ["telenat-a", "telenat-b"]
  endurance = [["4h", 1.0], ["72h", 0.4]]   # allt i 4 timmar, sedan 40 % till 72 timmar ...
  floor = 0.1                               # ... och därefter 10 % så länge det varar

  [[entity.needs]]
  shares = { elnat = 0.7, reservkraft = 0.3 }
  endurance = "1h"
  spread = 1.5
""",
    "failure": """[[entity]]
id = "elnat"
kind = "infrastructure"
failure = { unavailability = 0.001, duration = "4h" }
""",
    "contact": """[[entity]]
id = "banken"
kind = "framework_bank"
contact = { role = "Operativ jour", channel = "jour@example.se" }
""",
    "window": """[[window]]
id = "clearingens-tider"
days = "bank"
times = [[07:00:00, 22:00:00]]
""",
    "payment": """[[payment]]
id = "bidrag"
name = "Bidraget"
payer = "myndigheten"
paying_bank = "banken"
recipients = "mottagarna"
count = 1_500_000
amount = 2_671_000_000
rrule = "FREQ=MONTHLY;BYMONTHDAY=20"
roll = "preceding"
moved = [[2027-06-20, 2027-06-17]]
max_delay = "24h"
priority = 1
""",
    "opens": """  [[payment.stage]]
  id = "underlag"
  opens = { bank_days = -2, at = 12:00:00 }   # två bankdagar före betalningsdagen
  duration = "3h"
  needs = [{ provider = "utbetalning", endurance = "0min" }]
""",
    "stage": """  [[payment.stage]]
  id = "inlamning"
  duration = "15min"
  needs = [{ provider = "banken", endurance = "0min" }, { provider = "clearing", endurance = "0min" }]

  [[payment.stage]]
  id = "clearing"
  cutoff = 19:00:00
  lead = 2
  release = [06:00:00, 10:00:00, 14:00:00]
  window = "clearingens-tider"
  interbank = true
  needs = [{ provider = "clearing", endurance = "1h" }]

  [[payment.stage]]
  id = "konto"
  opens = { bank_days = 0, at = 06:00:00 }
  at_recipient_bank = true
""",
    "audience": """[[audience]]
actor = "sparbanken"
tlp = "TLP:GREEN"
""",
    "event": """[[event]]
id = "systembyte"
name = "Planerat systembyte"
start = 2026-12-05T22:00:00
end = 2026-12-06T06:00:00
entities = ["clearing"]
""",
}
"""By table, in an order in which they can stand after each other in one file."""

SCENARIO = {
    "scenario": """name = "Clearingen faller"
horizon = "14d"
at = 2026-12-16T09:30:00
""",
    "outage": """[[outage]]
entity = "clearing"
start = 2026-12-16T08:00:00
for = { min = "2h", mode = "12h", max = "30h" }   # beräknas med 12h; osäkerheten visas i lägesbilden

[[outage]]
entity = "driften"
start = 2026-12-16T09:00:00                       # utan for och end: okänd längd
remaining = 0.5

[[outage]]
payment = "bidrag"                                # ett fel i en del av filen
start = 2026-12-18T00:00:00
for = "4d"
share = 0.028
""",
    "pin": """[[pin]]
entity = "elnat"
level = 0.6
start = 2026-12-16T08:00:00
end = 2026-12-16T20:00:00
""",
}

CHECKS = {
    "check": """[[check]]
id = "clearingen-12-timmar"
name = "Filen missar fristen; de som har konto i banken får pengarna ändå"
source = "Härlett för hand: åter 20.00, nästa frist torsdag 19.00, levereras måndag"
by = "Analys"
entered_by = "Betalningar"

  [[check.outage]]
  entity = "clearing"
  start = 2026-12-16T08:00:00
  for = "12h"
""",
    "expect-payment": """  [[check.expect]]
  payment = "bidrag"
  date = 2026-12-18
  status = "delayed"
  delay = "3d"
  delayed_recipients = 900_000
  late_banks = ["sparbanken"]
""",
    "expect-entity": """  [[check.expect]]
  entity = "clearing"
  at = 2026-12-16T12:00:00
  level = 0
  restored = 2026-12-16T20:00:00
""",
    "expect-totals": """  [[check.expect]]
  amount_delayed = [1_600_000_000, 1_610_000_000]
""",
}

SCALE = {
    "steps": """source = "Vår egen risk- och sårbarhetsanalys"

[likelihood]
names = ["Mycket låg", "Låg", "Medelhög", "Hög", "Mycket hög"]
limits = [0.001, 0.01, 0.1, 1]

[consequence]
measure = "recipient_hours"
names = ["Mycket begränsade", "Begränsade", "Allvarliga", "Mycket allvarliga", "Katastrofala"]
limits = [10_000, 100_000, 1_000_000, 10_000_000]
""",
}

ALL = {**MODEL, **SCENARIO, **CHECKS, **SCALE}
