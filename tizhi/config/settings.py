"""设置: one file, values from the environment, safe defaults.

A start that is no trial (TIZHI_TRIAL=1) is checked by `config.checks`: no debug mode, no default secret key, no empty
host list. See docs/how-to/install.md for every variable.
"""

from datetime import timedelta
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TIZHI_HOME = Path(env.str("TIZHI_HOME", default="var")).resolve()
DEBUG = env.bool("TIZHI_DEBUG", default=False)
INSECURE_KEY = "insecure-key-of-a-trial-installation"
SECRET_KEY = env.str("TIZHI_SECRET_KEY", default=INSECURE_KEY)
ALLOWED_HOSTS = env.list("TIZHI_HOSTS", default=[])
# A trial installation serves this machine alone and may do so without any setting.
TRIAL = env.bool("TIZHI_TRIAL", default=False)
if TRIAL:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *ALLOWED_HOSTS]
SITE_ADDRESS = env.str("TIZHI_SITE", default="http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
CSRF_FAILURE_VIEW = "tizhi.web.frame.errors.csrf_failed"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_filters",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "auditlog",
    "axes",
    "csp",
    "tizhi.base.accounts",
    "tizhi.base.audit",
    "tizhi.base.files",
    "tizhi.base.jobs",
    "tizhi.base.notices",
    "tizhi.pipeline.calendar",
    "tizhi.pipeline.scheme",
    "tizhi.pipeline.directory",
    "tizhi.pipeline.experts",
    "tizhi.pipeline.studies",
    "tizhi.pipeline.surveys",
    "tizhi.pipeline.needs",
    "tizhi.pipeline.plans",
    "tizhi.pipeline.reviews",
    "tizhi.pipeline.activities",
    "tizhi.pipeline.agenda",
    "tizhi.pipeline.commitments",
    "tizhi.pipeline.consultations",
    "tizhi.pipeline.filings",
    "tizhi.pipeline.obligations",
    "tizhi.pipeline.reports",
    "tizhi.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tizhi.web.frame.compress.CompressPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "tizhi.base.accounts.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tizhi.web.frame.middleware.MemoryMiddleware",
    "tizhi.web.frame.middleware.ActorMiddleware",
    "tizhi.web.frame.middleware.ErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "tizhi.config.urls"
WSGI_APPLICATION = "tizhi.config.wsgi.application"
FORM_RENDERER = "tizhi.web.frame.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tizhi.web.frame.context.frame",
            ],
            "builtins": ["tizhi.web.frame.templatetags.words", "tizhi.web.frame.templatetags.frame"],
        },
    }
]

DATABASES = {
    "default": env.db_url("TIZHI_DATABASE_URL", default=f"sqlite:///{TIZHI_HOME / 'tizhi.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at the start of a transaction, so two writers queue instead of failing half-way;
    # FULL makes an acknowledged write survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "tizhi.base.accounts.passwords.TwoKinds"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = env.int("TIZHI_IDLE_MINUTES", default=120) * 60
SESSION_SAVE_EVERY_REQUEST = False  # base.accounts.idle moves the end of a session on
# Sign-in by user name or mail and a password; all else allauth could do has no address (web/accounts/urls.py).
ACCOUNT_ADAPTER = "tizhi.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【提质平台】"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_FORMS = {
    "login": "tizhi.web.accounts.forms.SignInForm",
    "change_password": "tizhi.web.accounts.forms.ChangePasswordForm",
    "set_password": "tizhi.web.accounts.forms.FirstPasswordForm",
    "reset_password": "tizhi.web.accounts.forms.AskForLinkForm",
    "reset_password_from_key": "tizhi.web.accounts.forms.NewPasswordForm",
}
# Wrong passwords are counted by axes, in the database and so for all processes together.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TIZHI_PROXIES", default=0)
LOCKOUT_MINUTES = 15
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=LOCKOUT_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "tizhi.base.accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "tizhi.base.accounts.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "tizhi.web.accounts.views.locked"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SECURE_COOKIES = SITE_ADDRESS.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

EMAIL_CONFIG = env.email_url("TIZHI_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds; a silent mail server must not hold the worker for ever
HAS_MAIL = env.str("TIZHI_EMAIL_URL", default="") != ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("TIZHI_EMAIL_FROM", default="tizhi@localhost")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = TIZHI_HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": TIZHI_HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Fonts for pictures and print: the installation's own folder, then the system's, then what `make install` brought.
FONTS_OWN = env.str("TIZHI_FONTS", default="")
FONTS_OF_SYSTEM = True
FONTS_BROUGHT = BASE_DIR / "fonts"
FILE_UPLOAD_HANDLERS = [
    "tizhi.base.files.handlers.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {message}", "style": "{", "datefmt": "%Y-%m-%d %H:%M:%S"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "tizhi": {"handlers": ["console"], "level": "INFO"},
        # Every 500 with its traceback; a 404 is no news.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SILENCED_SYSTEM_CHECKS: list[str] = []

# History keeps the change of every field of every row of ours, under the act that made it (base/acts).
AUDITLOG_INCLUDE_ALL_MODELS = True
AUDITLOG_EXCLUDE_TRACKING_MODELS = (
    "account", "auditlog", "audit", "axes", "contenttypes", "auth", "django_tasks_database", "jobs", "notices",
    "sessions", "accounts.OneTimeLink", "plans.Presence", "plans.SectionPast",
    # What people answer without a name is kept once, where they answered it.
    "surveys.Response", "surveys.ResponseFile", "surveys.Export",
)  # fmt: skip
# A frozen report or plan is its own record: `frozen`, `figures`, `basis` and `content` are sealed where they stand;
# what a plan's section said before (`html`) is kept whole by its stage.
AUDITLOG_EXCLUDE_TRACKING_FIELDS = (
    "password", "last_login", "version", "frozen", "figures", "basis", "content", "html",
)  # fmt: skip
# What can be erased on request is not kept whole in what cannot.
AUDITLOG_MASK_TRACKING_FIELDS = ("phone", "email", "username")
AUDITLOG_MASK_CALLABLE = "tizhi.base.kit.privacy.masked"
