"""What things cost, measured beside a peer: CPU seconds, memory and their ratio."""
