"""Tables become claims: data sets of figures, read as their publishers give them."""
