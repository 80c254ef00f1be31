// Words that offices often write otherwise than the standard language (KBBI, EYD V) does. Only those that are never right are listed.

function pairs(text: string): Map<string, string> {
  return new Map(
    text
      .trim()
      .split(/\s*[;\n]\s*/u)
      .map((pair) => pair.split('=') as [string, string]),
  );
}

export const STANDARD_WORDS: ReadonlyMap<string, string> = pairs(`
aktifitas=aktivitas; efektifitas=efektivitas; kreatifitas=kreativitas; produktifitas=produktivitas; sensitifitas=sensitivitas
resiko=risiko; beresiko=berisiko; ijin=izin; perijinan=perizinan; diijinkan=diizinkan; mengijinkan=mengizinkan; ijasah=ijazah
himbauan=imbauan; menghimbau=mengimbau; dihimbau=diimbau; antri=antre; antrian=antrean; mengantri=mengantre; jaman=zaman
sistim=sistem; praktek=praktik; analisa=analisis; menganalisa=menganalisis; apotik=apotek; atlit=atlet; detil=detail
ekstrim=ekstrem; faham=paham; difahami=dipahami; hutang=utang; jadual=jadwal; jum'at=Jumat; karir=karier; komplit=komplet
konkrit=konkret; kwalitas=kualitas; berkwalitas=berkualitas; kwantitas=kuantitas; kwitansi=kuitansi; merubah=mengubah; dirubah=diubah
mensosialisasikan=menyosialisasikan; mensukseskan=menyukseskan; mentaati=menaati; mempengaruhi=memengaruhi; memperdulikan=memedulikan
mengkoreksi=mengoreksi; mengkontrol=mengontrol; mengkoordinasikan=mengoordinasikan; mengkoordinir=mengoordinasi; terkoordinir=terkoordinasi
mengkonsumsi=mengonsumsi; mempublikasi=memublikasi; mempublikasikan=memublikasikan; nasehat=nasihat
nopember=November; pebruari=Februari; obyek=objek; subyek=subjek; obyektif=objektif; propinsi=provinsi; rejeki=rezeki; sekedar=sekadar
seksama=saksama; silahkan=silakan; standarisasi=standardisasi; supir=sopir; survey=survei; tehnik=teknik; tehnis=teknis; teoritis=teoretis
terimakasih=terima kasih; trampil=terampil; tauladan=teladan; kerjasama=kerja sama; bekerjasama=bekerja sama; ujicoba=uji coba
tanggungjawab=tanggung jawab; tandatangan=tanda tangan; rapih=rapi; lembab=lembap; ramadhan=Ramadan
hakekat=hakikat; hipotesa=hipotesis; kadaluarsa=kedaluwarsa; kadaluwarsa=kedaluwarsa; kaos=kaus
konsekwensi=konsekuensi; frekwensi=frekuensi; managemen=manajemen; milyar=miliar
negri=negeri; pondasi=fondasi; syah=sah; tekhnologi=teknologi; terlanjur=telanjur; walikota=wali kota
`);

/** Prepositions that are written apart. */
export const APART: ReadonlyMap<string, string> = pairs(`
dimana=di mana; disana=di sana; disini=di sini; disitu=di situ; diatas=di atas; dibawah=di bawah; didalam=di dalam; diluar=di luar
didepan=di depan; dibelakang=di belakang; disamping=di samping; disekitar=di sekitar; ditengah=di tengah; diantara=di antara
disetiap=di setiap; diseluruh=di seluruh; disaat=di saat; ditempat=di tempat; dilokasi=di lokasi; dikantor=di kantor; dirumah=di rumah
dipasar=di pasar; dilapangan=di lapangan; dihalaman=di halaman; dikota=di kota; didesa=di desa; dikecamatan=di kecamatan
dikabupaten=di kabupaten; kedalam=ke dalam; keatas=ke atas; kebawah=ke bawah; kesana=ke sana; kesini=ke sini; kedepan=ke depan
kekantor=ke kantor
`);

/** After "di" these are no places but verbs in the passive, written together with it. */
export const TOGETHER: readonly string[] =
  `adakan ambil awasi bagikan bahas bangun bantu bawa berikan bersihkan buka buat catat dampingi dukung
gelar gunakan hadiri harapkan ikuti imbau jadwalkan jelaskan jual kelola kembalikan kembangkan ketahui kirim kunjungi laksanakan lakukan lanjutkan
manfaatkan mulai pantau periksa perbaiki pilih pimpin rencanakan resmikan salurkan sampaikan selenggarakan serahkan siapkan susun tandatangani
tampilkan teruskan tetapkan tingkatkan tinjau tunjuk tutup umumkan undang unggah wajibkan`.split(/\s+/u);
