{ pick }: {
  blender = { title = "Blender"; version = pick "4.4.3" "5.0.1"; license = "gpl3Plus"; window = true; size = 2000; needs = [ "SDL2" "ffmpeg" "libGL" "libpng" ];
    homepage = "https://www.blender.org"; description = "Makes 3D models, pictures and films"; };
  darktable = { title = "darktable"; version = pick "5.0.1" "5.4.1"; license = "gpl3Plus"; window = true; size = 1200; needs = [ "gtk3" "sqlite" "curl" ];
    homepage = "https://www.darktable.org"; description = "Develops and sorts the photos of your camera"; };
  digikam = { title = "digiKam"; version = pick "8.6.0" "8.8.0"; license = "gpl2Plus"; window = true; size = 1400; needs = [ "qtbase" "sqlite" "ffmpeg" ];
    homepage = "https://www.digikam.org"; description = "Sorts, tags and improves a large photo collection"; };
  gimp = { title = "GIMP"; version = pick "3.0.4" "3.0.8"; license = "gpl3Plus"; window = true; size = 1600; needs = [ "gtk3" "libpng" ];
    homepage = "https://www.gimp.org"; description = "Edits photos and other pictures"; };
  inkscape = { title = "Inkscape"; version = pick "1.4.2" "1.4.3"; license = "gpl3Plus"; window = true; size = 1100; needs = [ "gtk3" "libpng" ];
    homepage = "https://inkscape.org"; description = "Draws logos, diagrams and other vector graphics"; };
  krita = { title = "Krita"; version = pick "5.2.9" "6.0.0"; license = "gpl3Only"; window = true; size = 1500; needs = [ "qtbase" "libpng" ];
    homepage = "https://krita.org"; description = "Digital painting"; };
  simple-scan = { title = "Document Scanner"; version = pick "48.1" "49.1"; license = "gpl3Plus"; window = true; size = 80; needs = [ "gtk4" "libpng" ];
    description = "Scans documents and photos"; };
}
