# The window.

store-window = The size and place of the window, and which conversation was open.

window-no-display = There is no screen to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set.
    You can ask in the terminal instead:  nix-for-humanity ask 'what is installed'
    Over ssh, connect with  ssh -X  and try again.
window-connection-test-late = The assistant did not answer within { $seconds } seconds. Check the address and the port, and whether the assistant runs there.
