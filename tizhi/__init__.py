"""提质平台 Tizhi: a cluster of universities runs its work plan."""

__version__ = "0.1.0"
