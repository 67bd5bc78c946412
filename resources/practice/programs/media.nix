{ pick }: {
  audacity = { title = "Audacity"; version = pick "3.7.5" "3.7.7"; license = "gpl2Plus"; window = true; size = 600; needs = [ "gtk3" "ffmpeg" "sqlite" ];
    homepage = "https://www.audacityteam.org"; description = "Records and edits sound"; };
  ffmpeg = { title = "FFmpeg"; version = pick "7.1.1" "8.0.1"; license = "gpl3Plus"; size = 850; needs = [ "openssl" "zlib" ]; otherCommands = [ "ffprobe" ];
    homepage = "https://ffmpeg.org"; description = "Converts sound and video files"; };
  handbrake = { title = "HandBrake"; command = "ghb"; version = pick "1.9.2" "1.10.2"; license = "gpl2Only"; window = true; size = 500; needs = [ "gtk4" "ffmpeg" ];
    homepage = "https://handbrake.fr"; description = "Turns videos into other formats"; };
  mpv = { title = "mpv"; version = pick "0.40.0" "0.41.0"; license = "gpl2Plus"; window = true; size = 240; needs = [ "ffmpeg" "libGL" ];
    homepage = "https://mpv.io"; description = "Plays films and music with few buttons"; };
  musescore = { title = "MuseScore Studio"; command = "mscore"; version = pick "4.5.2" "4.6.5"; license = "gpl3Only"; window = true; size = 900; needs = [ "qtbase" ];
    homepage = "https://musescore.org"; description = "Writes and plays sheet music"; };
  obs-studio = { title = "OBS Studio"; command = "obs"; version = pick "31.0.3" "32.1.0"; license = "gpl2Plus"; window = true; size = 800; needs = [ "qtbase" "ffmpeg" "libGL" ];
    homepage = "https://obsproject.com"; description = "Records the screen and broadcasts live"; };
  spotify = { title = "Spotify"; version = pick "1.2.60.564.gcc6305cb" "1.2.74.477.g3be53afe"; license = "unfree"; window = true; size = 1000; needs = [ "gtk3" "ffmpeg" "nss" ];
    homepage = "https://www.spotify.com"; description = "Music by subscription"; };
  vlc = { title = "VLC media player"; version = pick "3.0.21" "3.0.23-2"; license = "lgpl21Plus"; window = true; size = 700; needs = [ "qtbase" "ffmpeg" "ncurses" ];
    homepage = "https://www.videolan.org/vlc/"; description = "Plays nearly every film and music file"; };
}
