"""Sharing labels of the Traffic Light Protocol 2.0 (FIRST, 2022), from the least to the most restricted."""

TLP = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED")


def strictest(*labels: str) -> str:
    """The most restricted of some labels.

    >>> strictest("TLP:GREEN", "TLP:AMBER", "TLP:CLEAR")
    'TLP:AMBER'
    """
    return max(labels, key=TLP.index)
