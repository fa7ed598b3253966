"""The words of what is put to a player: only from the model as that player may know it."""
