"""Who may do what, and what it costs: accounts, tokens, plans, the ledger of credits."""
