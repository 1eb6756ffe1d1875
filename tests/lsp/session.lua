-- A session in Neovim, in which editors/neovim.lua has started the server: applies "fix all", saves, writes what it saw.
-- Environment: SEEN (where to write).
local seen = { diagnostics = {} }

local function stop(failed)
  local out = io.open(vim.env.SEEN, "w")
  seen.failed = failed
  out:write(vim.fn.json_encode(seen))
  out:close()
  vim.cmd(failed and "cquit" or "qall")
end

local function wait(what, is_so)
  if not vim.wait(60000, is_so, 20) then
    stop("no " .. what)
  end
end

local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.get_client_by_id(vim.g.sshkeep)
wait("server", function() return client.initialized end)
wait("diagnostics", function() return #vim.diagnostic.get(buffer) > 0 end)
for _, each in ipairs(vim.diagnostic.get(buffer)) do
  table.insert(seen.diagnostics, { line = each.lnum, column = each.col, message = each.message, code = each.code })
end

-- What a user does: ask for actions, choose one of the list.
vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    if vim.startswith(item[2].title, "Fix all") or vim.startswith(item[2].title, "Fix the one") then
      return choose(item)
    end
  end
  stop("no fix all")
end
vim.lsp.buf.code_action({ only = { "source.fixAll" }, diagnostics = {} })
wait("edit", function() return vim.bo.modified end)
vim.cmd("write")
wait("diagnostics of the fixed text", function() return #vim.diagnostic.get(buffer) == 0 end)
stop(nil)
