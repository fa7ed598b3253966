"""The model as a graph in the formats of other programs: GraphML and node-link JSON, out and in."""
