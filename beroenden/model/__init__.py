"""The frozen model: entities, needs, payments, scenarios and the network they form."""
