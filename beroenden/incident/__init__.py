"""The lägesbild as data, before it is a document."""
