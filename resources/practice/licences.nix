# The licences that the stand-ins name, keyed as in nixpkgs.
let
  free = spdxId: fullName: { inherit spdxId fullName; free = true; };
in
builtins.mapAttrs (shortName: licence: licence // { inherit shortName; }) {
  agpl3Only = free "AGPL-3.0-only" "GNU Affero General Public License v3.0 only";
  asl20 = free "Apache-2.0" "Apache License 2.0";
  bsd2 = free "BSD-2-Clause" "BSD 2-clause \"Simplified\" License";
  bsd3 = free "BSD-3-Clause" "BSD 3-clause \"New\" or \"Revised\" License";
  gpl2Only = free "GPL-2.0-only" "GNU General Public License v2.0 only";
  gpl2Plus = free "GPL-2.0-or-later" "GNU General Public License v2.0 or later";
  gpl3Only = free "GPL-3.0-only" "GNU General Public License v3.0 only";
  gpl3Plus = free "GPL-3.0-or-later" "GNU General Public License v3.0 or later";
  isc = free "ISC" "ISC License";
  lgpl21Plus = free "LGPL-2.1-or-later" "GNU Lesser General Public License v2.1 or later";
  mit = free "MIT" "MIT License";
  mpl20 = free "MPL-2.0" "Mozilla Public License 2.0";
  openssl = free "OpenSSL" "OpenSSL License";
  psfl = free "Python-2.0" "Python Software Foundation License version 2";
  unlicense = free "Unlicense" "The Unlicense";
  vim = free "Vim" "Vim License";
  zlib = free "Zlib" "zlib License";
  unfree = { fullName = "Unfree"; free = false; };
}
