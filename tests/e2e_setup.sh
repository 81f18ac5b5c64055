#!/usr/bin/env bash
# Installs what the e2e tests need beside Python, if root; otherwise prints the command that does, and fails.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin"

find_missing() {
  missing=()
  command -v tmux >/dev/null || missing+=(tmux)
  command -v ssh >/dev/null || missing+=(openssh-client)
  command -v sshd >/dev/null || missing+=(openssh-server)
  [ -e /usr/share/i18n/locales/zh_CN ] || missing+=(locales)
  command -v chromium chromium-browser google-chrome >/dev/null || missing+=(chromium)
  [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
  command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
  command -v systemd-analyze >/dev/null || missing+=(systemd)
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
}

has_locale() { locale -a 2>/dev/null | grep -qi '^zh_CN\.utf-\?8$'; }

quietly() {
  "$@" >"$log" 2>&1 </dev/null || {
    cat "$log" >&2
    echo "Failed: $*" >&2
    exit 1
  }
}

find_missing
if [ "${#missing[@]}" -gt 0 ] && ! command -v apt-get >/dev/null; then
  echo "The e2e tests need what Debian calls ${missing[*]}; install them, then run make e2e again." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  has_locale || missing+=(zh_CN.UTF-8)
  if [ "${#missing[@]}" -gt 0 ]; then
    echo "The e2e tests need ${missing[*]}. Run: sudo tests/e2e_setup.sh" >&2
    exit 1
  fi
  exit 0
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Installing ${missing[*]}"
  # apt's own user cannot write to a /tmp that is closed to others.
  quietly apt-get -qq -o APT::Sandbox::User=root update
  quietly env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o APT::Sandbox::User=root \
    install --no-install-recommends "${missing[@]}"
fi
has_locale || quietly localedef -i zh_CN -f UTF-8 zh_CN.UTF-8

find_missing
if [ "${#missing[@]}" -gt 0 ] || ! has_locale; then
  echo "Still missing after installing: ${missing[*]-} (or the locale zh_CN.UTF-8)" >&2
  exit 1
fi
if ! unshare -m true 2>/dev/null; then
  echo "The e2e tests mount file systems, and this root may not. In a container: --cap-add SYS_ADMIN" >&2
  exit 1
fi
