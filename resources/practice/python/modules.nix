{ pick, sitePackages }:
let
  module = name: row: row // {
    pname = "python3.13-${name}";
    extra = { module = name; source = ./. + "/${name}.py"; inherit sitePackages; };
  };
in
builtins.mapAttrs module {
  numpy = { version = pick "2.3.1" "2.4.2"; license = "bsd3"; description = "Numbers in rows and tables, for Python"; };
  scipy = { version = pick "1.16.0" "1.17.1"; license = "bsd3"; description = "Mathematics for science, for Python"; };
  pandas = { version = pick "2.3.1" "2.3.3"; license = "bsd3"; description = "Tables of data, for Python"; };
  matplotlib = { version = pick "3.10.3" "3.10.8"; license = "psfl"; description = "Draws graphs, for Python"; };
  requests = { version = pick "2.32.4" "2.32.5"; license = "asl20"; description = "Talks to web addresses, for Python"; };
}
