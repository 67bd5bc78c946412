{ pick }: {
  cargo = { title = "Cargo"; version = pick "1.86.0" "1.94.0"; license = "asl20"; size = 420; needs = [ "openssl" "curl" "rustc" ];
    homepage = "https://crates.io"; description = "Fetches, builds and tests Rust projects"; };
  emacs = { title = "Emacs"; version = pick "30.1" "30.2"; license = "gpl3Plus"; window = true; size = 1500; needs = [ "gtk3" "ncurses" "sqlite" ];
    otherCommands = [ "emacsclient" ];
    homepage = "https://www.gnu.org/software/emacs/"; description = "Text editor that can be extended without end"; };
  gcc = { title = "GCC"; pname = "gcc-wrapper"; command = "gcc"; version = pick "14.2.1" "15.2.0"; license = "gpl3Plus"; size = 1800; needs = [ "zlib" ];
    otherCommands = [ "cc" "g++" ];
    homepage = "https://gcc.gnu.org"; description = "Compiles programs written in C and C++"; };
  git = { title = "Git"; version = pick "2.50.1" "2.53.0"; license = "gpl2Only"; size = 380; needs = [ "zlib" "openssl" "curl" "pcre2" ];
    homepage = "https://git-scm.com"; description = "Keeps every version of your files"; };
  gnumake = { title = "GNU Make"; command = "make"; version = "4.4.1"; license = "gpl3Plus"; size = 48;
    homepage = "https://www.gnu.org/software/make/"; description = "Runs the steps that build a program"; };
  go = { title = "Go"; version = pick "1.24.4" "1.26.1"; license = "bsd3"; size = 1600; otherCommands = [ "gofmt" ];
    homepage = "https://go.dev"; description = "Go programming language"; };
  jdk = { title = "Java"; pname = "openjdk"; command = "java"; version = pick "21.0.7" "21.0.10"; license = "gpl2Only"; size = 1700; needs = [ "zlib" ];
    otherCommands = [ "javac" ];
    homepage = "https://openjdk.org"; description = "Runs and builds programs written in Java"; };
  nodejs = { title = "Node.js"; command = "node"; version = pick "22.17.0" "22.22.2"; size = 900; needs = [ "openssl" "zlib" ]; otherCommands = [ "npm" "npx" ];
    homepage = "https://nodejs.org"; description = "Runs JavaScript outside of the browser"; };
  rustc = { title = "Rust"; pname = "rustc-wrapper"; command = "rustc"; version = pick "1.86.0" "1.94.0"; license = "asl20"; size = 1900; needs = [ "zlib" "gcc" ];
    homepage = "https://www.rust-lang.org"; description = "Compiles programs written in Rust"; };
  vscode = { title = "Visual Studio Code"; command = "code"; version = pick "1.101.2" "1.110.1"; license = "unfree"; window = true; size = 800; needs = [ "electron" ];
    homepage = "https://code.visualstudio.com"; description = "Code editor by Microsoft"; };
  vscodium = { title = "VSCodium"; command = "codium"; version = pick "1.101.24242" "1.110.11631"; window = true; size = 780; needs = [ "electron" ];
    homepage = "https://vscodium.com"; description = "Code editor like Visual Studio Code, free of tracking"; };
}
