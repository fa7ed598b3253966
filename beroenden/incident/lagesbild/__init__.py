"""The lägesbild as data: statements, section by section, in the words that its reader may see."""
