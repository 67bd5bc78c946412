# One evaluation error each, as people meet them. Not marked for recursion, so that lists and searches skip them.
{
  abort = builtins.abort "stopped on purpose";
  assertion = assert 1 == 2; 1;
  coerce = "x${ { a = 1; } }";
  extraarg = (import ./function.nix) { a = 1; c = 2; };
  inf = let x = x; in x;
  int = 1 / 0;
  listplus = [ 1 ] ++ 2;
  missingarg = (import ./function.nix) { };
  missingattr = { a = 1; }.b;
  nixpath = import <no-such-channel>;
  nofile = import ./does-not-exist.nix;
  notfn = 1 2;
  syntax = import ./syntax.nix;
  typemismatch = 1 + "a";
  undefined = import ./undefined.nix;
}
