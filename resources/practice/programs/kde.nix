# Programs below `kdePackages`.
{ pick }: {
  kate = { title = "Kate"; version = pick "25.04.3" "25.12.3"; license = "lgpl21Plus"; window = true; size = 320; needs = [ "qtbase" ];
    category = "development"; homepage = "https://kate-editor.org"; description = "Text editor for code and notes"; };
  kdenlive = { title = "Kdenlive"; version = pick "25.04.3" "25.12.3"; license = "gpl3Plus"; window = true; size = 700; needs = [ "qtbase" "qtmultimedia" "ffmpeg" ];
    category = "media"; homepage = "https://kdenlive.org"; description = "Cuts and edits films"; };
  okular = { title = "Okular"; version = pick "25.04.3" "25.12.3"; license = "gpl2Plus"; window = true; size = 360; needs = [ "qtbase" "libpng" ];
    homepage = "https://okular.kde.org"; description = "Reads PDF files and e-books, with notes"; };
}
