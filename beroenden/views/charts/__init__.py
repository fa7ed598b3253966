"""Pictures for documents: each a `Chart` with its title, what it shows in words, and its SVG and PNG."""

from beroenden.views.charts.chart import Chart
from beroenden.views.charts.dependency_matrix import dependency_matrix
from beroenden.views.charts.exceedance import Curve, exceedance_curve
from beroenden.views.charts.levels import levels_over_time
from beroenden.views.charts.payments import payments_on_axis
from beroenden.views.charts.payouts import payouts_delayed
from beroenden.views.charts.ranking import Bar, ranking_bars
from beroenden.views.charts.risk_matrix import Risk, risk_matrix

__all__ = [
    "Bar",
    "Chart",
    "Curve",
    "Risk",
    "dependency_matrix",
    "exceedance_curve",
    "levels_over_time",
    "payments_on_axis",
    "payouts_delayed",
    "ranking_bars",
    "risk_matrix",
]
