# Libraries that several stand-ins share, so that what one package adds depends on what is there already.
{ build, pick }:
let
  qt = build.libraries {
    qtbase = {
      version = pick "6.9.1" "6.10.2"; license = "lgpl21Plus"; size = 1400;
      description = "Base part of the Qt application framework"; needs = [ "glib" "zlib" "openssl" "libGL" ];
    };
    qtmultimedia = {
      version = pick "6.9.1" "6.10.2"; license = "lgpl21Plus"; size = 300;
      description = "Sound and video for Qt programs"; needs = [ "ffmpeg" "glib" ];
    };
  };
in
build.libraries {
  SDL2 = { version = pick "2.32.8" "2.32.64"; license = "zlib"; size = 220; needs = [ "libGL" ];
    description = "Gives games access to sound, keyboard, joystick and screen"; };
  electron = { version = pick "36.7.1" "40.8.0"; size = 2000; needs = [ "gtk3" "ffmpeg" "nss" ];
    description = "Framework for desktop programs made of web pages"; };
  glib = { version = pick "2.84.3" "2.86.3"; license = "lgpl21Plus"; size = 340; needs = [ "pcre2" "zlib" ];
    description = "Building blocks that GTK programs share"; };
  gtk3 = { pname = "gtk+3"; version = pick "3.24.49" "3.24.51"; license = "lgpl21Plus"; size = 900;
    needs = [ "glib" "libpng" ]; description = "Toolkit for graphical programs, third series"; };
  gtk4 = { version = pick "4.18.6" "4.20.3"; license = "lgpl21Plus"; size = 1100; needs = [ "glib" "libpng" "libGL" ];
    description = "Toolkit for graphical programs, fourth series"; };
  libGL = { pname = "libglvnd"; version = "1.7.0"; size = 160; description = "Finds the right OpenGL driver"; };
  libpng = { version = pick "1.6.50" "1.6.56"; license = "zlib"; size = 60; needs = [ "zlib" ];
    description = "Reads and writes PNG pictures"; };
  ncurses = { version = pick "6.5" "6.6"; size = 120; description = "Draws text screens in a terminal"; };
  nss = { version = pick "3.112" "3.121"; license = "mpl20"; size = 280; needs = [ "sqlite" "zlib" ];
    description = "Security library of the Firefox family"; };
  openssl = { version = pick "3.4.1" "3.6.1"; license = "asl20"; size = 520;
    description = "Encrypts network connections"; };
  pcre2 = { version = pick "10.44" "10.46"; license = "bsd3"; size = 90;
    description = "Searches text by patterns as Perl does"; };
  sqlite = { version = pick "3.50.2" "3.51.2"; license = "unlicense"; size = 180; needs = [ "zlib" ];
    description = "Small database in one file"; };
  zlib = { version = pick "1.3.1" "1.3.2"; license = "zlib"; size = 40; description = "Compresses data without loss"; };
}
// {
  qt6 = qt // { recurseForDerivations = true; };
  # The name by which rows ask for it.
  inherit (qt) qtbase qtmultimedia;
}
