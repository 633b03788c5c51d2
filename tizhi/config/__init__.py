"""配置: settings, addresses, timetable."""
