"""报送: facts handed in – a unit's quarterly input, or its signed 本期无.

takes: scheme, directory, calendar      makes: UnitInput
"""
