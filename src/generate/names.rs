//! Names for people who do not exist.

use rand_chacha::ChaCha8Rng;

use super::chance::pick;
use super::contracts::Place;

const POLISH_FIRST: [&str; 36] = [
    "Agnieszka", "Aleksandra", "Anna", "Bartosz", "Beata", "Damian", "Dominika", "Ewa", "Filip", "Grzegorz", "Hanna",
    "Iwona", "Jakub", "Joanna", "Kamil", "Karolina", "Katarzyna", "Krzysztof", "Łukasz", "Maciej", "Magdalena", "Marcin",
    "Marta", "Mateusz", "Michał", "Monika", "Natalia", "Paweł", "Piotr", "Rafał", "Sylwia", "Tomasz", "Weronika",
    "Wojciech", "Zofia", "Zuzanna",
];
/// Surnames that are the same for women and men.
const POLISH_LAST: [&str; 40] = [
    "Nowak", "Wójcik", "Kowalczyk", "Woźniak", "Mazur", "Krawczyk", "Kaczmarek", "Zając", "Król", "Wróbel", "Stępień",
    "Dudek", "Adamczyk", "Sikora", "Baran", "Szewczyk", "Pietrzak", "Marciniak", "Bąk", "Duda", "Włodarczyk", "Kubiak",
    "Wilk", "Lis", "Mazurek", "Kołodziej", "Kaźmierczak", "Sobczak", "Cieślak", "Głowacz", "Urban", "Kania", "Tomczak",
    "Kozak", "Gajda", "Mróz", "Zięba", "Bielak", "Kurek", "Sowa",
];
const FILIPINO_FIRST: [&str; 36] = [
    "Althea", "Angelo", "Arnel", "Bea", "Carlo", "Carmela", "Christian", "Cristina", "Danica", "Dennis", "Efren",
    "Erlinda", "Francis", "Gemma", "Grace", "Hazel", "Ian", "Jasmine", "Jericho", "Jocelyn", "John Paul", "Josephine",
    "Kristine", "Leonora", "Liza", "Maricel", "Mark Anthony", "Marvin", "Mary Joy", "Nestor", "Paolo", "Rhea", "Rodel",
    "Rowena", "Sheila", "Vincent",
];
const FILIPINO_LAST: [&str; 40] = [
    "Aquino", "Bautista", "Castillo", "Castro", "Cruz", "De Guzman", "Dela Cruz", "Del Rosario", "Diaz", "Domingo",
    "Espiritu", "Fernandez", "Flores", "Garcia", "Gonzales", "Gutierrez", "Hernandez", "Ignacio", "Jimenez", "Lopez",
    "Magbanua", "Manalo", "Marquez", "Mendoza", "Mercado", "Navarro", "Ocampo", "Padilla", "Panganiban", "Perez",
    "Ramos", "Reyes", "Rivera", "Salazar", "Santiago", "Santos", "Soriano", "Tolentino", "Villanueva", "Zamora",
];

/// A first and a last name as they are usual at a site. Names repeat in a large company, as they do in life.
pub(super) fn name(random: &mut ChaCha8Rng, place: Place) -> String {
    let (first, last): (&[&str], &[&str]) = match place {
        Place::Krakow => (&POLISH_FIRST, &POLISH_LAST),
        Place::Manila => (&FILIPINO_FIRST, &FILIPINO_LAST),
    };
    let part = |random: &mut ChaCha8Rng, from| pick(random, from).copied().unwrap_or_default();
    format!("{} {}", part(random, first), part(random, last))
}
