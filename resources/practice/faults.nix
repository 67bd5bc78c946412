# Packages that go wrong in one way each, and names that no longer exist: material for explanations.
{ build, settings }:
build.libraries {
  libgreet = { version = "1.1"; size = 64; description = "Shared greeting library"; };
  # A library that is known to be unsafe.
  openssl_1_1 = {
    pname = "openssl"; version = "1.1.1w"; license = "openssl"; size = 400;
    description = "Encrypts network connections, old series";
    knownVulnerabilities = [ "OpenSSL 1.1 reached the end of its life on 11 September 2023" ];
  };
}
// build.programs "practice" {
  # These two hold the same file.
  editor = { version = "9.1"; title = "Small editor"; description = "Small text editor"; needs = [ "libgreet" ]; };
  editor-gtk = { version = "9.1"; title = "Small editor"; command = "editor"; description = "Small text editor with a window"; needs = [ "gtk3" ]; };
  brokenpkg = { version = "1.0"; broken = true; description = "Is marked as broken"; };
  slow = { version = "1.0"; title = "Slow package"; description = "Takes its time to build"; inherit (settings) phaseSeconds; };
}
// build.faults {
  failing = {
    version = "1.0"; description = "Fails while it is compiled";
    action = ''
      echo "gcc -O2 -c -o main.o main.c"
      echo "main.c:3:10: fatal error: zlib.h: No such file or directory" >&2
      echo "    3 | #include <zlib.h>" >&2
      echo "      |          ^~~~~~~~" >&2
      echo "compilation terminated." >&2
      echo "make: *** [Makefile:12: main.o] Error 1" >&2
      exit 2
    '';
  };
  noout = { version = "1.0"; description = "Is built, but leaves nothing behind"; action = "echo done"; };
  hashmismatch = {
    version = "1.0"; description = "Downloads a file that is not the expected one";
    action = "echo data > $out";
    extra = {
      outputHashMode = "flat";
      outputHashAlgo = "sha256";
      outputHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    };
  };
}
// {
  oldname = throw "'oldname' has been renamed to/replaced by 'hello'"; # Converted to throw 2024-10-17
  removedpkg = throw "'removedpkg' has been removed, as it was unmaintained"; # Added 2024-10-17
  transmission-gtk = throw "'transmission-gtk' has been renamed to/replaced by 'transmission_4-gtk'"; # Converted to throw 2024-10-17
  audacity-gtk2 = throw "'audacity-gtk2' has been removed, use 'audacity' instead";
  errors = import ./errors;
}
