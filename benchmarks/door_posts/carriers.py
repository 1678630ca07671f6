"""What stands around an identifier. ``{x}`` is its place, ``{n}`` that of a name in clear; one carrier a line."""

from __future__ import annotations

OPENINGS = ("", "", "", "", "halo semua, ", "Pagi kak! ", "Serius aja ya. ", "wkwk ", "RT ", "Info dong: ", "maaf baru on, ", "guys ", "Jujur capek bgt hari ini 😭 ", "UPDATE ", "ready malam ini 🔥 ", "hi there, ", "Ok so ", "long story short ",
            "Stok tinggal 2, harga 150rb. ", "Buka jam 9 pagi sampai 5 sore. ", "1 kali aja ya. ", "P: boleh tahu kontaknya? N: ", "jujurly, ", "sumpah ya ")  # fmt: skip
CLOSINGS = ("", "", "", "", " ya", " ya kak", " makasih", " 🙏", "!!", " cepat balas", " no php", ", fast respon", " wkwkwk", " thanks", " please", ". Makasih semua", " #openfollow", " (serius)", " bun", ", sampai jam 10 malam", " 100% asli", " yaa 😘", "\nmakasih", "; trims")  # fmt: skip

CARRIERS: dict[str, str] = {
    "PHONE": """nomorku {x}
hubungi {x}
wa {x}
WA: {x}
chat aja ke {x}
bisa telpon di {x}
order ke nomor {x}
no hp baru {x}
minat? {x}
call me on {x}
text {x} for info
my number is {x}
ring me at {x}
{x} itu nomer baruku
simpan ya {x}
nomor yang bisa dihubungi {x}
yang mau join grup japri {x}
Kontak darurat: {x}
cs kami {x}
kalau nyasar telepon aja {x}
📞 {x}
cp {x}
admin bisa di {x}
{x} chat only
nomer wa aku {x}
ditipu sama pemilik nomor {x}
hati2 penipu, nomornya {x}
available on whatsapp {x}
booking lewat {x}
dm or whatsapp {x}
catat nomerku: {x}
{x}
hp ilang, sekarang pake {x}
aku pake nomor {x} sekarang
pesan via wa di {x}""",
    "EWALLET": """dana {x}
gopay ke {x} a.n. {n}
ovo {x}
saweran lewat shopeepay {x}
tf dana {x} an {n}
bisa transfer ke ovo/dana {x}
linkaja {x} atas nama {n}
donasi gopay: {x}""",
    "PHONE_US": """my number is {x}
call me at {x}
text me {x}
{x} text only
hit me up on {x}
cell: {x}
reach me at {x}""",
    "URL": """klik {x}
info lengkap {x}
daftar di {x}
cek katalog {x}
join sini {x}
link di bio {x}
follow me on {x}
check {x}
langsung aja {x}
{x}
testimoni ada di {x}
beli di {x}
my page {x}
gabung grup: {x}
nonton full di {x}""",
    "EMAIL": """email ke {x}
kirim cv ke {x}
kerja sama: {x}
business inquiries {x}
email {x}
emailku {x}
contact me at {x}
surel {x}
bisa lewat email {x}
{x}
mail me {x}
hubungi kami di {x}""",
    "HANDLE": """follow @{x}
makasih @{x}
@{x} kamu dimana
kata @{x} sih gitu
RT @{x}: capek
dm @{x}
akun lamaku kena suspend, pindah ke @{x}
cc @{x}
thanks to @{x}
akun penipu @{x}
(@{x})
jangan percaya sama @{x}""",
    "MSGID": """tele: {x}
telegram {x}
tele @{x}
tele {x}
TG {x}
Line {x}
id line: {x}
idline {x}
line id {x}
IG {x}
ig: {x}
instagram @{x}
ig ku {x}
michat {x}
id michat: {x}
snap: {x}
snapchat {x}
kik {x}
discord: {x}
twitter {x}
tiktok {x}
bigo id {x}
wechat {x}
username telegram aku {x}
add line ku ya {x}
chat di tele aja, {x}
main michat? add {x}
skype: {x}
my telegram is {x}
find me on insta {x}
add me on snap {x}
my ig is {x}
cari aku di ig {x}
fb: {x}
akun tele {x}
LINE = {x}
ig/tele : {x}
threads {x}
mango live id {x}""",
    "NAME": """nama saya {x}
namaku {x}
nama lengkapnya {x}
perkenalkan, saya {x}
my name is {x}
aku {x}, salam kenal
a.n. {x}
atas nama {x}
katanya bu {x} marah
Pak {x} datang telat
ketemu {x} kemarin di pasar
temanku {x} pindah ke kampung
{x} ditangkap tadi malam
Informan: nama saya {x}, umur 34
my friend {x} got fired
dear {x},
terima kasih buat {x} yang udah bantu
nama asliku {x}
ktp nya {x}
I was with {x} last night""",
    "NICK": """kak {x} makasih ya
panggil aku {x}
mbak {x} baik banget
namaku {x}
Bu {x} galak
mas {x} jadi nggak?
biasa dipanggil {x}
call me {x}
my name is {x}
si {x} bohong lagi
sama {x} kemarin
mami {x} minta setoran
om {x} nanya
teh {x} lagi sakit
{x} nangis terus
tante {x} pindah kos
my sister {x} lives there
I told {x} everything
Dek {x} udah makan?
pacarnya {x} datang""",
    "NIK": """nik {x}
no ktp {x}
NIK saya {x}
ktp: {x}
nomor induk kependudukan {x}
data ktp ku kesebar {x}
{x} itu nik ku
diminta nik, {x}""",
    "KK": """no kk {x}
nomor kartu keluarga {x}
KK: {x}
kk ku {x}""",
    "NPWP": """npwp {x}
NPWP: {x}
no npwp saya {x}
nomor npwp perusahaan {x}""",
    "BANK": """transfer BCA {x} a.n. {n}
rek mandiri {x}
no rek {x}
rekening bri {x} atas nama {n}
tf ke bni {x} an {n}
bisa bayar ke BSI {x}
nomor rekening {x}
Bank Jago {x} a/n {n}
seabank {x}
rekeningnya {x}
my bank account is {x}
dp dulu ke bca {x}
account number {x}
norek {x} ({n})
virtual account {x}""",
    "PLATE": """mobilnya {x}
plat {x}
plat nomor {x}
motor {x} ngebut
nopol {x}
dijemput mobil putih plat {x}
yang nabrak {x}, tolong viralin
Avanza hitam {x}
his car, plate {x}
nopolnya {x}""",
    "ADDRESS": """alamatku {x}
kos di {x}
tinggal di {x}
kirim ke {x}
rumahku di {x}
alamat: {x}
ketemu di {x}
lokasi {x}
ngekos di {x}
i live at {x}
my address is {x}
nginep di {x}
COD di {x}
rumahnya di {x}""",
    "GEO": """lokasi {x}
koordinat {x}
titiknya {x}
posisi sekarang {x}
location: {x}
shareloc {x}
gps {x}""",
    "DOB": """lahir {x}
tanggal lahir {x}
aku lahir tanggal {x}
ttl Bandung, {x}
tgl lahir: {x}
born {x}
dob {x}
my birthday is {x}
date of birth: {x}
I was born on {x}
kelahiran {x}
lahirnya {x}""",
}
"""By class of identifier."""
