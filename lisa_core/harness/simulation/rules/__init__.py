"""What must hold after every step, and what is counted: visits, papers, routing, outages, figures."""
