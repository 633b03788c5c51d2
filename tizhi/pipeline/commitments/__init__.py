"""省级承诺: what a provincial department undertakes – money, policy, coordination – and how far it is [I5].

takes: scheme, directory, activities      makes: Commitment
"""
