"""A Claws Mail of its own under Xvfb, and the text that its message view shows.

It gets messages that are decrypted already: how it shows the parts is the question here.
"""
import os, re, signal, subprocess, time

ACCOUNT = """[Account: 1]
account_name=reader
is_default=1
name=Reader
address=reader@people.test
protocol=5
inbox=#mh/Mailbox/inbox
"""
FOLDERS = """<?xml version="1.0"?>
<folderlist>
    <folder type="mh" name="Mailbox" path="Mail">
        <folderitem last_seen="0" order="0" type="inbox" name="inbox" path="inbox" mtime="0" total="0" unread="0"/>
    </folder>
</folderlist>
"""


def armored(copy):
    """The OpenPGP message in a copy."""
    return re.search(rb"-----BEGIN PGP MESSAGE-----.*?-----END PGP MESSAGE-----", copy.replace(b"\r", b""), re.DOTALL)[0]


class Claws:
    def __init__(self, folder):
        self.folder, self.count = folder, 0
        folder.mkdir()
        screen = next(n for n in range(70, 170) if not os.path.exists(f"/tmp/.X{n}-lock"))
        self.environment = dict(os.environ, DISPLAY=f":{screen}", LANG="C.UTF-8", NO_AT_BRIDGE="1")
        self.log = open(folder / "log", "ab")
        self.screen = subprocess.Popen(["Xvfb", f":{screen}", "-screen", "0", "1200x900x24"], stdout=self.log, stderr=self.log)
        time.sleep(1)

    def run(self, *command, check=True):
        return subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=self.log, text=True, check=check, timeout=60).stdout

    def show(self, octets, picture=None):
        """Starts the program with a mailbox of this one message; returns Subject and text as they are shown."""
        self.count += 1
        home = self.folder / str(self.count)
        inbox, settings = home / "Mail/inbox", home / "settings"
        inbox.mkdir(parents=True)
        settings.mkdir()
        (inbox / "1").write_bytes(octets)
        (settings / "accountrc").write_text(ACCOUNT)
        (settings / "folderlist.xml").write_text(FOLDERS)
        (settings / "clawsrc").write_text("[Common]\nconfig_version=4\n")
        environment = dict(self.environment, HOME=str(home), XDG_RUNTIME_DIR=str(home))
        program = subprocess.Popen(["dbus-run-session", "--", "claws-mail", "--alternate-config-dir", str(settings), "--offline", "--select", str(inbox / "1")],
                                   env=environment, stdout=self.log, stderr=self.log, start_new_session=True)
        try:
            return self.read(picture)
        finally:
            # The bus, and the program on it, whose window would stay.
            os.killpg(program.pid, signal.SIGKILL)
            program.wait(20)

    def read(self, picture):
        end = time.time() + 60
        while not (found := self.run("xdotool", "search", "--onlyvisible", "--name", "Claws Mail", check=False).split()):
            if time.time() > end:
                raise SystemExit("error: Claws Mail shows no window")
            time.sleep(0.5)
        time.sleep(3)
        self.run("xdotool", "windowsize", found[-1], "1200", "900", "windowmove", found[-1], "0", "0")
        time.sleep(1)
        if picture:
            self.run("scrot", "-o", str(picture))
        # The view is below the list of messages; what is copied is what it shows.
        self.run("xdotool", "mousemove", "600", "700", "click", "1", "sleep", "0.3", "key", "ctrl+a", "sleep", "0.3", "key", "ctrl+c", "sleep", "0.5")
        shown = self.run("xclip", "-o", "-selection", "clipboard")
        head, _, text = shown.partition("\n\n")
        subject = re.search(r"(?m)^Subject: ?(.*)$", head)
        return subject[1] if subject else "", text

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.screen.terminate()
        self.screen.wait(10)
        self.log.close()
