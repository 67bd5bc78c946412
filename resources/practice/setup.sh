# Read at the start of a shell or a build: puts the programs of every input first on the path.
PATH=$hostPath
for input in ${buildInputs:-} ${nativeBuildInputs:-}; do
  PATH=$input/bin:$PATH
done
export PATH
