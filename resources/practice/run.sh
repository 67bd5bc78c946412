# Read by every stand-in when it starts, after it has set practice_title, practice_version,
# practice_description, practice_note and practice_window.

practice_text() {
  printf 'This is the practice stand-in for %s %s.\n%s.\n%s\n' \
    "$practice_title" "$practice_version" "$practice_description" "$practice_note"
}

# Show the text in a window, with what this computer has for it. Returns when it has nothing.
practice_show() {
  heading="$practice_title (practice)"
  text=$(practice_text)
  if command -v kdialog >/dev/null 2>&1 && [ -n "${KDE_FULL_SESSION:-}" ]; then
    exec kdialog --title "$heading" --msgbox "$text"
  elif command -v zenity >/dev/null 2>&1; then
    exec zenity --info --no-markup --title "$heading" --text "$text"
  elif command -v kdialog >/dev/null 2>&1; then
    exec kdialog --title "$heading" --msgbox "$text"
  elif [ -z "${DISPLAY:-}" ]; then
    return
  elif command -v python3 >/dev/null 2>&1 && python3 -c 'import tkinter' 2>/dev/null; then
    exec python3 -c '
import sys, tkinter
window = tkinter.Tk(className=sys.argv[1])
window.title(sys.argv[1])
tkinter.Label(window, text=sys.argv[2], padx=32, pady=24, justify="left", wraplength=480).pack()
button = tkinter.Button(window, text="Close", command=window.destroy)
button.pack(pady=(0, 16))
button.focus_set()
window.bind("<Escape>", lambda event: window.destroy())
window.bind("<Return>", lambda event: window.destroy())
window.mainloop()
' "$heading" "$text"
  elif command -v xmessage >/dev/null 2>&1; then
    exec xmessage -center -title "$heading" -buttons Close:0 -default Close "$text"
  fi
}

practice_start() {
  if [ "${1:-}" = --version ]; then
    echo "$practice_title $practice_version (practice stand-in)"
    return
  fi
  practice_text
  if [ "$practice_window" = 1 ]; then
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then practice_show; fi
    if [ -t 0 ]; then
      printf 'Press Enter to close it. '
      read -r practice_answer || :
    fi
  fi
}
