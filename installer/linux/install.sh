#!/bin/sh
# Installs or updates a node under systemd. usage: install.sh PUBLISHED_FOLDER      (as root)
set -eu

[ $# -eq 1 ] || { echo "usage: install.sh PUBLISHED_FOLDER" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "install.sh: run it as root" >&2; exit 1; }
[ -f "$1/dicomrn" ] || { echo "install.sh: $1 holds no dicomrn; see installer/README.md for how to publish" >&2; exit 1; }
here=$(dirname "$(readlink -f "$0")")

getent passwd dicomrn >/dev/null || useradd --system --home-dir /var/lib/dicomrn --no-create-home --shell /usr/sbin/nologin dicomrn

was_active=no
if systemctl is-active --quiet dicomrn; then was_active=yes; systemctl stop dicomrn; fi

rm -rf /opt/dicomrn.new
cp -r "$1" /opt/dicomrn.new
chmod -R u=rwX,go=rX /opt/dicomrn.new
chmod 0755 /opt/dicomrn.new/dicomrn
rm -rf /opt/dicomrn
mv /opt/dicomrn.new /opt/dicomrn

mkdir -p /etc/dicomrn
if [ ! -e /etc/dicomrn/appsettings.json ]; then
    cp /opt/dicomrn/appsettings.json /etc/dicomrn/appsettings.json
    chown root:dicomrn /etc/dicomrn/appsettings.json
    chmod 0640 /etc/dicomrn/appsettings.json
fi

cp "$here/dicomrn.service" /etc/systemd/system/dicomrn.service
systemctl daemon-reload
systemctl enable dicomrn
[ "$was_active" = no ] || systemctl start dicomrn

echo "Installed. Edit /etc/dicomrn/appsettings.json, then:"
echo "  /opt/dicomrn/dicomrn check --config /etc/dicomrn/appsettings.json --set Node:DataDirectory=/var/lib/dicomrn"
echo "  systemctl start dicomrn; journalctl -u dicomrn -f"
