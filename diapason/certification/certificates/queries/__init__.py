"""Answer questions about certificates: what they cover, what needs somebody, how the network got there."""
