# Runs a recipe of execute resources as Chef does: a resource whose not_if command exits with 0 is up to date.
# Chef itself is in none of the registries that CI has.
class Execute
  def command(words) = @command = words
  def not_if(words) = @guard = words

  def converge(why_run)
    return if system(@guard)
    puts 'changed'
    exit(1) unless why_run || system(@command)
  end
end

why_run = ARGV.delete('--why-run')
define_method(:execute) do |_name, &block|
  Execute.new.tap { |resource| resource.instance_eval(&block) }.converge(why_run)
end
load ARGV.fetch(0)
