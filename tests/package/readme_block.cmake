# Writes a fenced block of the README, or of another page, to a file, so that a test compiles what the page shows.
#
#   cmake -DREADME=<file> -DAFTER=<text> -DOUTPUT=<file> -P readme_block.cmake

# Sets `result` to the text of the first fenced block after `text` in the file `readme`.
function(readme_block readme text result)
  file(READ "${readme}" rest)
  string(FIND "${rest}" "${text}" start)
  if(start EQUAL -1)
    message(FATAL_ERROR "${readme} has no '${text}'")
  endif()
  string(SUBSTRING "${rest}" ${start} -1 rest)
  string(FIND "${rest}" "```" fence)
  string(SUBSTRING "${rest}" ${fence} -1 rest)
  string(FIND "${rest}" "\n" line_end)
  math(EXPR line_end "${line_end} + 1")
  string(SUBSTRING "${rest}" ${line_end} -1 rest)
  string(FIND "${rest}" "```" fence)
  string(SUBSTRING "${rest}" 0 ${fence} block)
  set(${result} "${block}" PARENT_SCOPE)
endfunction()

if(OUTPUT)
  readme_block("${README}" "${AFTER}" block)
  file(WRITE "${OUTPUT}" "${block}")
endif()
