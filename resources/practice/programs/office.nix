{ pick }: {
  anki = { title = "Anki"; version = pick "25.02.7" "25.09.2"; license = "agpl3Only"; window = true; size = 400; needs = [ "qtbase" "sqlite" ];
    homepage = "https://apps.ankiweb.net"; description = "Learns by heart with cards"; };
  calibre = { title = "calibre"; version = pick "8.5.0" "9.5.0"; license = "gpl3Only"; window = true; size = 900; needs = [ "qtbase" "sqlite" ];
    homepage = "https://calibre-ebook.com"; description = "Sorts, reads and converts e-books"; };
  evince = { title = "Evince"; version = "48.1"; license = "gpl2Plus"; window = true; size = 150; needs = [ "gtk3" "libpng" ];
    description = "Reads PDF files"; };
  gnome-calculator = { title = "Calculator"; version = pick "48.1" "49.2"; license = "gpl3Plus"; window = true; size = 90; needs = [ "gtk4" ];
    description = "Does sums, from simple to scientific"; };
  keepassxc = { title = "KeePassXC"; version = pick "2.7.10" "2.7.12"; license = "gpl2Plus"; window = true; size = 300; needs = [ "qtbase" ];
    homepage = "https://keepassxc.org"; description = "Keeps your passwords in a locked file"; };
  libreoffice = { title = "LibreOffice"; version = pick "24.8.7.2" "25.2.6.2"; license = "mpl20"; window = true; size = 2000; needs = [ "gtk3" "nss" "curl" ]; otherCommands = [ "soffice" "localc" "lowriter" ];
    homepage = "https://www.libreoffice.org"; description = "Letters, tables and presentations"; };
  obsidian = { title = "Obsidian"; version = pick "1.8.10" "1.12.4"; license = "unfree"; window = true; size = 400; needs = [ "electron" ];
    homepage = "https://obsidian.md"; description = "Notes that link to each other"; };
  zathura = { title = "Zathura"; version = pick "0.5.11" "2026.02.09"; license = "zlib"; window = true; size = 70; needs = [ "gtk3" "sqlite" ];
    homepage = "https://pwmt.org/projects/zathura/"; description = "Reads PDF files with the keyboard alone"; };
}
