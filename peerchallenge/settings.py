"""Settings, read from the environment (django-environ). docs/operations.md lists every variable.

Two ways of running: the demonstration and development (the default, DEPLOYMENT unset) and production
(DEPLOYMENT=production), which refuses to start without its secrets.
"""

import os
from importlib.util import find_spec
from pathlib import Path

import environ
import pghistory
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEPLOYMENT = env("DEPLOYMENT", default="development")
if DEPLOYMENT not in {"development", "production"}:
    raise ImproperlyConfigured("DEPLOYMENT must be development or production.")
PRODUCTION = DEPLOYMENT == "production"
DEBUG = env.bool("DEBUG", default=False)

if PRODUCTION:
    SECRET_KEY = env("SECRET_KEY", default="")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("Set SECRET_KEY to a random text of at least 50 characters.")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names the service is reached by, not *.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if not env("DATABASE_URL", default=""):
        raise ImproperlyConfigured("Set DATABASE_URL to the PostgreSQL database.")
    if not env("EMAIL_URL", default=""):
        raise ImproperlyConfigured("Set EMAIL_URL to the mail server, for example smtp+tls://name:password@host:587.")
    if not env("DEFAULT_FROM_EMAIL", default=""):
        raise ImproperlyConfigured("Set DEFAULT_FROM_EMAIL to the sender of letters.")
    if not env("SERVICE_EMAIL", default=""):
        raise ImproperlyConfigured("Set SERVICE_EMAIL to the address where people get help.")
    if not env("SERVICE_TELEPHONE", default=""):
        raise ImproperlyConfigured("Set SERVICE_TELEPHONE to the number where people get help.")
else:
    SECRET_KEY = env("SECRET_KEY", default="development-only-" + "x" * 40)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
if PRODUCTION and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("Set SITE_URL to the address of the service, starting with https://.")
SERVICE_TELEPHONE = env("SERVICE_TELEPHONE", default="01632 960100")
SERVICE_EMAIL = env("SERVICE_EMAIL", default="help@peerchallenge.example")

ROOT_URLCONF = "peerchallenge.urls"
WSGI_APPLICATION = "peerchallenge.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rules.apps.AutodiscoverRulesConfig",
    "peerchallenge.accounts",
    "peerchallenge.access",
    "peerchallenge.history",
    "peerchallenge.documents",
    "peerchallenge.jobs",
    "peerchallenge.notices",
    "peerchallenge.web",
    "engagements",
    "actionplans",
]
if find_spec("django_migration_linter"):
    INSTALLED_APPS.append("django_migration_linter")  # a tool of bin/check, installed with requirements-dev.txt only

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "peerchallenge.web.middleware.PrivateByDefault",
    "peerchallenge.web.middleware.Probes",
    "peerchallenge.web.middleware.KnownRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "peerchallenge.accounts.middleware.SignInEnds",
    "peerchallenge.accounts.middleware.SignInRequired",
    "peerchallenge.accounts.middleware.SecondFactorForStaff",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "peerchallenge.web.navigation.frame",
            ],
        },
    },
]

# Unset, manage.py and bin/run start the embedded server first and set DATABASE_URL (peerchallenge/localdb.py).
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///peerchallenge")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault(
    "options",
    "-c statement_timeout=15s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s -c timezone=UTC",
)
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
if os.environ.get("PYTEST_DB"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_{os.environ['PYTEST_DB']}"}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# Accounts
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # addresses are unique whatever their capitals, by a constraint on Lower
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "peerchallenge.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts begin with an invitation sent to the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Counted in the shared cache, so over all web workers. An office behind one address has many people: the limit that
# protects an account is the one per account ("key").
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "5/15m/key,60/15m/ip",
    "request_login_code": "20/15m/ip,3/15m/key",
    "reset_password": "20/15m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
}
ACCOUNT_FORMS = {
    "login": "peerchallenge.accounts.forms.SignInForm",
    "request_login_code": "peerchallenge.accounts.forms.AskForCodeForm",
    "confirm_login_code": "peerchallenge.accounts.forms.EnterCodeForm",
    "reset_password": "peerchallenge.accounts.forms.AskForNewPasswordForm",
    "reset_password_from_key": "peerchallenge.accounts.forms.NewPasswordForm",
    "change_password": "peerchallenge.accounts.forms.ChangePasswordForm",
    "set_password": "peerchallenge.accounts.forms.SetPasswordForm",
    "reauthenticate": "peerchallenge.accounts.forms.PasswordAgainForm",
    "user_token": "peerchallenge.accounts.forms.OpenAccountToken",
}
MFA_ADAPTER = "peerchallenge.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Peer challenge"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute out
MFA_ALLOW_UNVERIFIED_EMAIL = True  # every address was verified by its invitation
MFA_FORMS = {
    "authenticate": "peerchallenge.accounts.forms.SecondFactorForm",
    "reauthenticate": "peerchallenge.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "peerchallenge.accounts.forms.TurnOnAppForm",
    "deactivate_totp": "peerchallenge.accounts.forms.TurnOffAppForm",
    "generate_recovery_codes": "peerchallenge.accounts.forms.NewRecoveryCodesForm",
}
SIGN_IN_IDLE_SECONDS = env.int("SIGN_IN_IDLE_SECONDS", default=8 * 60 * 60)
SIGN_IN_LONGEST_SECONDS = env.int("SIGN_IN_LONGEST_SECONDS", default=24 * 60 * 60)
SECOND_FACTOR_FOR_STAFF = env.bool("SECOND_FACTOR_FOR_STAFF", default=PRODUCTION)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

# History: django-pghistory's triggers record every insert, update and delete; the context names the operation.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField(db_index=True)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history", related_query_name="history_query")
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = True

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# A worker writes every second that it is there: /readyz says within five that it is not.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "update_heartbeat_interval": 1.0}

# Mail: in the demonstration each message is a file in var/mail. Sending always goes through a job (peerchallenge.notices).
if env("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Peer challenge <no-reply@peerchallenge.example>")

# Files: private, outside the static and media folders; served by views that ask who may.
FILES_ROOT = Path(env("FILES_ROOT", default=str(VAR_DIR / "files")))
STORAGES = {
    "default": {
        "BACKEND": "peerchallenge.documents.storage.PrivateFileStorage",
        "OPTIONS": {"location": str(FILES_ROOT)},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 3600
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]

# Security (SECURITY in docs/operations.md says what the proxy in front must do)
SESSION_COOKIE_AGE = SIGN_IN_LONGEST_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "peerchallenge.web.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "fontTools": {"level": "ERROR"},
        "weasyprint": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},  # a page that somebody may not see is no fault of the service
    },
}
