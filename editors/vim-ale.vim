" In vimrc, with ALE installed.
for s:language in ['sshconfig', 'sshdconfig']
  call ale#linter#Define(s:language, {
  \ 'name': 'sshkeep',
  \ 'lsp': 'stdio',
  \ 'executable': 'sshkeep',
  \ 'command': '%e lsp',
  \ 'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
  \ })
endfor
