-- Asks for the lines of the file $ASKED in turn: a path, and after a tab the entity tag held of it.
-- $ACCEPT is the type asked for, $EXPECTED the only status that counts as right.
local threads = {}

function setup(thread)
   table.insert(threads, thread)
end

function init(args)
   paths, tags = {}, {}
   for line in io.lines(os.getenv("ASKED")) do
      local path, tag = line:match("^(.-)\t(.*)$")
      paths[#paths + 1] = path or line
      tags[#paths] = tag
   end
   at, wrong = 0, 0
   accept, expected = os.getenv("ACCEPT"), tonumber(os.getenv("EXPECTED"))
end

function request()
   at = at % #paths + 1
   -- Each time another of 101 clients, whatever is asked, for a server that trusts what a proxy says.
   count = (count or 0) + 1
   local headers = { ["Accept"] = accept, ["X-Forwarded-For"] = "10.0.0." .. (count % 101 + 1) }
   if tags[at] then
      headers["If-None-Match"] = tags[at]
   end
   return wrk.format("GET", paths[at], headers)
end

function response(status)
   if status ~= expected then
      wrong = wrong + 1
   end
end

function done(summary)
   local all = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
   for _, thread in ipairs(threads) do
      all = all + thread:get("wrong")
   end
   print("unexpected: " .. all)
end
