"""How good the map is: what is known, how sure it is, and which answers would change most."""
