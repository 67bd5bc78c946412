{ pick }: {
  gcompris = { title = "GCompris"; command = "gcompris-qt"; version = pick "25.0.12" "25.1.1"; license = "gpl3Plus"; window = true; size = 1500; needs = [ "qtbase" "qtmultimedia" ];
    homepage = "https://gcompris.net"; description = "Learning games for children from two to ten"; };
  gnome-sudoku = { title = "Sudoku"; version = pick "48.1" "49.4"; license = "gpl3Plus"; window = true; size = 60; needs = [ "gtk4" ];
    description = "Number puzzles, from easy to very hard"; };
  steam = { title = "Steam"; version = pick "1.0.0.82" "1.0.0.85"; license = "unfree"; window = true; size = 1200; needs = [ "SDL2" "gtk3" ];
    homepage = "https://store.steampowered.com"; description = "Shop and library for games"; };
  stellarium = { title = "Stellarium"; version = pick "25.1" "25.4"; license = "gpl2Plus"; window = true; size = 1300; needs = [ "qtbase" "libGL" ];
    homepage = "https://stellarium.org"; description = "Shows the night sky as seen from any place"; };
  supertux = { title = "SuperTux"; command = "supertux2"; version = pick "0.6.3" "0.7.0"; license = "gpl3Plus"; window = true; size = 1100; needs = [ "SDL2" "libpng" "curl" ];
    homepage = "https://www.supertux.org"; description = "Jump and run game with a penguin"; };
  supertuxkart = { title = "SuperTuxKart"; version = pick "1.4" "1.5"; license = "gpl3Plus"; window = true; size = 2000; needs = [ "SDL2" "openssl" "sqlite" ];
    homepage = "https://supertuxkart.net"; description = "Kart racing game"; };
  tuxpaint = { title = "Tux Paint"; version = "0.9.35"; license = "gpl3Plus"; window = true; size = 600; needs = [ "SDL2" "libpng" ];
    category = "graphics"; homepage = "https://tuxpaint.org"; description = "Drawing program for children"; };
}
