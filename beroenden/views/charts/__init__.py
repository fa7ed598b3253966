"""Pictures for documents: each a `Chart` with its title, what it shows in words, and its SVG and PNG."""

from beroenden.views.charts.chart import Chart
from beroenden.views.charts.levels import levels_over_time
from beroenden.views.charts.payments import payments_on_axis
from beroenden.views.charts.payouts import payouts_delayed

__all__ = ["Chart", "levels_over_time", "payments_on_axis", "payouts_delayed"]
