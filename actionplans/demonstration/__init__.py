"""The demonstration world: three stories told with public facts in our own words, and invented councils around them."""
