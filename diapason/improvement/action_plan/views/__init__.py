"""Show actions, and take down what happens to them."""
