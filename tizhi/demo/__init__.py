"""示例: eight sample quarters up to today, made by the same actions people use. Every person in it is marked 示例."""
