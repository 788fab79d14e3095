# Rewrites the sources below a folder so that every mutation of a list can be switched on by its name.
#   perl switch-mutations.pl LIST SOURCES
# Prints the names, one a line. A text that does not stand exactly once in its file is an error of the list.
use strict;
use warnings;

my ($list, $sources) = @ARGV;
my (@mutations, %original, %changed);

sub read_file {
    my ($path) = @_;
    open my $file, '<', $path or die "$path: $!\n";
    local $/;
    return scalar <$file>;
}

sub write_file {
    my ($path, $text) = @_;
    open my $file, '>', $path or die "$path: $!\n";
    print {$file} $text;
    close $file or die "$path: $!\n";
}

my $current;
for my $line (split /\n/, read_file($list)) {
    next if $line =~ /^#/ || $line eq '';
    if ($line =~ /^([-+]) (.*)$/) {
        my ($sign, $text) = ($1, $2);
        push @{ $current->{pairs} }, { from => $text, to => undef } if $sign eq '-';
        if ($sign eq '+') {
            my $pair = $current->{pairs}[-1];
            $pair->{to} = defined $pair->{to} ? "$pair->{to}\n$text" : $text;
        }
    } elsif ($line =~ /^(\S+) (\S+)$/) {
        $current = { name => $1, file => $2, pairs => [] };
        push @mutations, $current;
    } else {
        die "not understood: $line\n";
    }
}

my ($errors, %seen) = (0);
for my $mutation (@mutations) {
    my $path = "$sources/$mutation->{file}";
    $original{$path} //= read_file($path);
    $changed{$path} //= $original{$path};
    if ($seen{ $mutation->{name} }++) { warn "$mutation->{name}: named twice\n"; $errors++ }
    for my $pair (@{ $mutation->{pairs} }) {
        my $count = () = $original{$path} =~ /\Q$pair->{from}\E/g;
        my $left = () = $changed{$path} =~ /\Q$pair->{from}\E/g;
        if ($count != 1 || $left != 1) {
            warn "$mutation->{name}: the text stands $count times in $mutation->{file}, $left times after others: "
                . "$pair->{from}\n";
            $errors++;
            next;
        }
        (my $to = $pair->{to}) =~ s/%M/Mutant.isActive("$mutation->{name}")/g;
        my $at = index $changed{$path}, $pair->{from};
        substr($changed{$path}, $at, length $pair->{from}) = $to;
    }
}
exit 1 if $errors;

my $switch = <<'SWIFT';
internal import Glibc

/// Which mutation is switched on: the sweep changes it while it runs.
enum Mutant {
    static func isActive(_ name: StaticString) -> Bool {
        guard let active = getenv("RAIREKI_MUTANT") else { return false }
        return strlen(active) == name.utf8CodeUnitCount && memcmp(active, name.utf8Start, name.utf8CodeUnitCount) == 0
    }
}
SWIFT
write_file($_, $changed{$_}) for keys %changed;
# One switch a room, however many folders it has.
my %rooms = map { (split m{/}, $_->{file})[0] => 1 } @mutations;
write_file("$sources/$_/Mutant.swift", $switch) for keys %rooms;
print "$_->{name}\t$_->{file}\n" for @mutations;
