"""What a recipient may see: the whole model is computed, then what is withheld is taken out, then words are made."""
