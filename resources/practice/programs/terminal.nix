{ pick }: {
  bat = { title = "bat"; version = pick "0.25.0" "0.26.1"; license = "asl20"; size = 110; needs = [ "zlib" ];
    homepage = "https://github.com/sharkdp/bat"; description = "Shows files in colour"; };
  btop = { title = "btop"; version = pick "1.4.3" "1.4.6"; license = "asl20"; size = 60;
    homepage = "https://github.com/aristocratos/btop"; description = "Shows how busy the computer is, with graphs"; };
  cowsay = { title = "cowsay"; version = pick "3.8.4" "3.8.4"; license = "gpl3Only"; size = 8;
    description = "Lets a cow say something in the terminal";
    action = ''
      practice_start "$@"
      printf '  < %s >\n   \\   ^__^\n    \\  (oo)\\_______\n       (__)\\       )\\/\\\n           ||----w |\n           ||     ||\n' "''${*:-moo}"
    ''; };
  fastfetch = { title = "fastfetch"; version = pick "2.46.0" "2.60.0"; size = 90;
    homepage = "https://github.com/fastfetch-cli/fastfetch"; description = "Shows facts about the computer beside a logo"; };
  fd = { title = "fd"; version = pick "10.2.0" "10.4.2"; license = "asl20"; size = 70;
    homepage = "https://github.com/sharkdp/fd"; description = "Finds files by their names, fast"; };
  fzf = { title = "fzf"; version = pick "0.63.0" "0.70.0"; size = 60;
    homepage = "https://github.com/junegunn/fzf"; description = "Picks from a list while you type"; };
  hello = { title = "GNU Hello"; version = pick "2.12.1" "2.12.3"; license = "gpl3Plus"; size = 4; needs = [ "libgreet" ];
    homepage = "https://www.gnu.org/software/hello/"; description = "Says hello";
    action = ''
      if [ "$#" = 0 ]; then echo 'Hello, world!'; fi
      practice_start "$@"
    ''; };
  htop = { title = "htop"; version = pick "3.4.0" "3.4.1"; license = "gpl2Only"; size = 40; needs = [ "ncurses" ];
    homepage = "https://htop.dev"; description = "Shows running programs and what they use"; };
  jq = { title = "jq"; version = pick "1.7.1" "1.8.1"; size = 50;
    homepage = "https://jqlang.org"; description = "Reads and changes JSON data"; };
  nano = { title = "nano"; version = pick "8.4" "8.7.1"; license = "gpl3Plus"; size = 40; needs = [ "ncurses" ];
    homepage = "https://www.nano-editor.org"; description = "Simple text editor for the terminal"; };
  ncdu = { title = "ncdu"; version = pick "2.8.2" "2.9.2"; size = 24; needs = [ "ncurses" ];
    homepage = "https://dev.yorhel.nl/ncdu"; description = "Shows what fills the disk"; };
  neovim = { title = "Neovim"; command = "nvim"; version = pick "0.11.5" "0.11.6"; license = "asl20"; size = 420; needs = [ "ncurses" ];
    homepage = "https://neovim.io"; description = "Modern form of the Vim text editor"; };
  ripgrep = { title = "ripgrep"; command = "rg"; version = pick "14.1.1" "15.1.0"; license = "unlicense"; size = 90; needs = [ "pcre2" ];
    homepage = "https://github.com/BurntSushi/ripgrep"; description = "Searches the text in many files, fast"; };
  tmux = { title = "tmux"; version = pick "3.5a" "3.6a"; license = "isc"; size = 40; needs = [ "ncurses" ];
    homepage = "https://tmux.github.io"; description = "Several terminals in one"; };
  tree = { title = "tree"; version = pick "2.2.1" "2.3.1"; license = "gpl2Plus"; size = 6;
    description = "Shows folders and files as a tree"; };
  vim = { title = "Vim"; version = pick "9.1.1336" "9.2.0106"; license = "vim"; size = 360; needs = [ "ncurses" ]; otherCommands = [ "vi" ];
    homepage = "https://www.vim.org"; description = "Text editor for quick hands"; };
  # Has the same files as `vim`: both in one profile collide, as the real ones do.
  vim-full = { title = "Vim with every feature"; command = "vim"; version = pick "9.1.1336" "9.2.0106"; license = "vim"; size = 420; needs = [ "ncurses" "gtk3" ]; otherCommands = [ "vi" "gvim" ];
    homepage = "https://www.vim.org"; description = "Text editor for quick hands, with a window"; };
}
