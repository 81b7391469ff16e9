"""What replies are made of, in eight languages. Keys are what a line is for; `{}` holes are filled by `reply`."""

from __future__ import annotations

LANGUAGES = ("en", "zh", "es", "fr", "de", "pt", "ja", "ko")

# key: en, zh, es, fr, de, pt, ja, ko
_FRAMES: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    "done": ("Done: {}", "已完成：{}", "Hecho: {}", "Fait : {}", "Erledigt: {}", "Feito: {}", "完了：{}", "완료: {}"),
    "done_list": ("Done:", "已完成：", "Hecho:", "Fait :", "Erledigt:", "Feito:", "完了：", "완료:"),
    "undone": (
        "Undone (now {}): {}", "已撤销（现在是 {}）：{}", "Deshecho (ahora {}): {}", "Annulé (maintenant {}) : {}",
        "Rückgängig gemacht (jetzt {}): {}", "Desfeito (agora {}): {}", "元に戻しました（現在 {}）：{}",
        "되돌렸습니다 (현재 {}): {}",
    ),
    "redone": (
        "Redone (now {}): {}", "已重做（现在是 {}）：{}", "Rehecho (ahora {}): {}", "Rétabli (maintenant {}) : {}",
        "Wiederhergestellt (jetzt {}): {}", "Refeito (agora {}): {}",
        "やり直しました（現在 {}）：{}",
        "다시 실행했습니다 (현재 {}): {}",
    ),
    "restored": (
        "Restored (now {}): {}", "已恢复（现在是 {}）：{}", "Restaurado (ahora {}): {}",
        "Restauré (maintenant {}) : {}",
        "Zurückgeholt (jetzt {}): {}", "Restaurado (agora {}): {}", "復元しました（現在 {}）：{}",
        "복원했습니다 (현재 {}): {}",
    ),
    "named": (
        'Version {} is now called "{}".', "版本 {} 已命名为“{}”。", "La versión {} se llama ahora «{}».",
        "La version {} s’appelle maintenant « {} ».", "Version {} heißt jetzt „{}“.",
        "A versão {} agora se chama “{}”.",
        "バージョン {} の名前は「{}」になりました。", "버전 {}의 이름은 이제 “{}”입니다.",
    ),
    "same": (
        "It is like that already; nothing changed.", "已经是这样了，没有变化。", "Ya está así; no ha cambiado nada.",
        "C’est déjà ainsi ; rien n’a changé.", "Das ist schon so; nichts hat sich geändert.",
        "Já está assim; nada mudou.",
        "すでにその状態です。変更はありません。", "이미 그런 상태입니다. 바뀐 것이 없습니다.",
    ),
    "nothing": (
        "Nothing was changed.", "没有做任何改动。", "No se ha cambiado nada.", "Rien n’a été changé.",
        "Nichts wurde geändert.", "Nada foi alterado.", "何も変更していません。", "아무것도 바꾸지 않았습니다.",
    ),
    "failed": (
        "Not done: {}", "未完成：{}", "No hecho: {}", "Pas fait : {}", "Nicht erledigt: {}", "Não feito: {}",
        "できませんでした：{}", "하지 못했습니다: {}",
    ),
    "failed_list": (
        "Not done:", "未完成：", "No hecho:", "Pas fait :", "Nicht erledigt:", "Não feito:", "できませんでした：",
        "하지 못했습니다:",
    ),
    "withheld": (
        "Left alone, as you asked: {}", "按您的要求没有执行：{}", "Sin hacer, como pediste: {}",
        "Laissé de côté, comme demandé : {}", "Wie gewünscht nicht gemacht: {}", "Não feito, como pediu: {}",
        "ご指示どおり行っていません：{}", "말씀대로 하지 않았습니다: {}",
    ),
    "corrected": (
        'Read "{}" as "{}".', "已将“{}”理解为“{}”。", "He leído «{}» como «{}».", "J’ai lu « {} » comme « {} ».",
        "„{}“ als „{}“ gelesen.", "Li “{}” como “{}”.", "「{}」を「{}」と読みました。", "“{}”를 “{}”(으)로 읽었습니다.",
    ),
    "next": (
        "Next: {}", "接下来：{}", "Siguiente: {}", "Ensuite : {}", "Als Nächstes: {}", "A seguir: {}", "次は：{}",
        "다음: {}",
    ),
    "which": (
        "Which one?", "是哪一个？", "¿Cuál?", "Lequel ?", "Welches?", "Qual?", "どれですか？", "어느 것인가요?",
    ),
    "choose": (
        "Answer with a number, or in your own words.", "回复数字，或直接说明。",
        "Responde con un número o con tus palabras.",
        "Répondez par un numéro ou avec vos mots.", "Antworte mit einer Nummer oder in eigenen Worten.",
        "Responda com um número ou com suas palavras.", "番号か、ご自分の言葉でお答えください。",
        "번호나 원하는 말로 답해 주세요.",
    ),
    "writing": (
        "Being written: {}", "正在创作：{}", "Componiendo: {}", "En cours d’écriture : {}", "Wird geschrieben: {}",
        "Sendo composto: {}", "作曲中：{}", "작곡 중: {}",
    ),
    "exported": (
        "Exported: {} ({})", "已导出：{}（{}）", "Exportado: {} ({})", "Exporté : {} ({})", "Exportiert: {} ({})",
        "Exportado: {} ({})", "書き出しました：{}（{}）", "내보냈습니다: {} ({})",
    ),
    "not_exported": (
        "Not exported: {}", "未导出：{}", "No exportado: {}", "Pas exporté : {}", "Nicht exportiert: {}",
        "Não exportado: {}", "書き出せませんでした：{}", "내보내지 못했습니다: {}",
    ),
    "stopped": (
        "Stopped. Nothing was exported.", "已停止，没有导出。", "Detenido. No se ha exportado nada.",
        "Arrêté. Rien n’a été exporté.", "Angehalten. Nichts wurde exportiert.", "Parado. Nada foi exportado.",
        "中止しました。書き出していません。", "중지했습니다. 내보내지 않았습니다.",
    ),
    "free": (
        "On your own machine nothing costs anything.", "在您自己的电脑上一切免费。",
        "En tu propio equipo nada cuesta nada.", "Sur votre machine, rien ne coûte rien.",
        "Auf deinem eigenen Rechner kostet nichts etwas.", "Na sua própria máquina nada custa nada.",
        "ご自分のパソコンではすべて無料です。", "내 컴퓨터에서는 모두 무료입니다.",
    ),
    "idle": (
        "Nothing is under way.", "没有正在进行的工作。", "No hay nada en curso.", "Rien n’est en cours.",
        "Es läuft gerade nichts.", "Nada está em andamento.", "進行中の作業はありません。",
        "진행 중인 작업이 없습니다.",
    ),
    "bring": (
        "Type the file's path, or drop the file on this window.", "输入文件路径，或把文件拖到这个窗口。",
        "Escribe la ruta del archivo o suéltalo en esta ventana.", "Tapez le chemin du fichier ou déposez-le ici.",
        "Tippe den Pfad der Datei oder zieh sie auf dieses Fenster.", "Digite o caminho do arquivo ou solte-o aqui.",
        "ファイルのパスを入力するか、この画面にドロップしてください。",
        "파일 경로를 입력하거나 이 창에 끌어다 놓으세요.",
    ),
    "hello": (
        "Hello! Say what the film should be like, and it is done.", "您好！说出想要的效果，我来完成。",
        "¡Hola! Di cómo debe ser la película y lo hago.", "Bonjour ! Dites comment le film doit être, et c’est fait.",
        "Hallo! Sag, wie der Film sein soll, und es geschieht.", "Olá! Diga como o filme deve ser e eu faço.",
        "こんにちは！どんな映像にしたいか言ってください。", "안녕하세요! 어떤 영상을 원하는지 말해 주세요.",
    ),
    "noted": (
        "Good to know. Say what to do with it, and it is done.", "好的，明白了。想怎么做，直接说就行。",
        "Entendido. Di qué hacer y lo hago.", "C’est noté. Dites quoi faire, et c’est fait.",
        "Gut zu wissen. Sag, was damit geschehen soll.", "Entendido. Diga o que fazer e eu faço.",
        "わかりました。どうしたいか言ってください。", "알겠습니다. 어떻게 할지 말해 주세요.",
    ),
    "welcome": (
        "You are welcome.", "不客气。", "De nada.", "De rien.", "Gern geschehen.", "De nada.", "どういたしまして。",
        "천만에요.",
    ),
    "rights": (
        "The music made here is yours: use it anywhere, also commercially and without credit. Songs, clips and "
        "pictures that you bring stay their owners'. To publish, export the film and upload it yourself.",
        "这里创作的音乐归您所有：可随意使用，包括商用，无需署名。您自己带来的歌曲、片段和图片，版权仍属原权利人。要发布时，请先导出，再自行上传。",
        "La música hecha aquí es tuya: úsala donde quieras, también con fines comerciales y sin atribución. Las "
        "canciones, clips e imágenes que traes siguen siendo de sus dueños. Para publicar, exporta y súbelo tú.",
        "La musique créée ici est à vous : utilisez-la partout, même commercialement et sans mention. Les morceaux, "
        "clips et images que vous apportez restent à leurs auteurs. Pour publier, exportez puis mettez en ligne.",
        "Die hier gemachte Musik gehört dir: nutze sie überall, auch kommerziell und ohne Namensnennung. Songs, Clips "
        "und Bilder, die du mitbringst, bleiben die ihrer Urheber. Zum Veröffentlichen: exportieren, dann hochladen.",
        "A música feita aqui é sua: use onde quiser, também comercialmente e sem créditos. Músicas, clipes e imagens "
        "que você traz continuam de seus donos. Para publicar, exporte e envie você mesmo.",
        "ここで作った音楽はあなたのものです。商用も含めて自由に使え、クレジットは不要です。持ち込んだ曲・クリップ・画像の権利は元の"
        "権利者にあります。公開するには書き出してからご自分でアップロードしてください。",
        "여기서 만든 음악은 당신의 것입니다. 상업적으로도, 출처 표시 없이 자유롭게 쓸 수 있습니다. 직접 가져온 노래, 클립, 사진의 "
        "권리는 원래 주인에게 있습니다. 공개하려면 내보낸 뒤 직접 업로드하세요.",
    ),
    "last_change": (
        "Last change: {}", "上一步改动：{}", "Último cambio: {}", "Dernier changement : {}", "Letzte Änderung: {}",
        "Última mudança: {}", "最後の変更：{}", "마지막 변경: {}",
    ),
    "just_say": (
        "Just say so: {}", "直接这样说：{}", "Dilo así: {}", "Dites simplement : {}", "Sag einfach: {}",
        "É só dizer: {}", "こう言ってください：{}", "이렇게 말하면 됩니다: {}",
    ),
    "unclear": (
        "I did not understand that.", "没有听懂这句话。", "No lo he entendido.", "Je n’ai pas compris.",
        "Das habe ich nicht verstanden.", "Não entendi.", "わかりませんでした。", "이해하지 못했습니다.",
    ),
    "empty": (
        "The timeline is empty.", "时间线是空的。", "La línea de tiempo está vacía.", "La timeline est vide.",
        "Die Timeline ist leer.", "A linha do tempo está vazia.", "タイムラインは空です。", "타임라인이 비어 있습니다.",
    ),
    "beyond": (
        "This place cannot do that: {}.", "这里无法执行：{}。", "Aquí no se puede: {}.", "Impossible ici : {}.",
        "Das geht hier nicht: {}.",
        "Aqui não é possível: {}.", "ここではできません：{}。", "여기서는 할 수 없습니다: {}.",
    ),
    "music_video": (
        "Pictures that move with the sound cannot be drawn yet. What works: clips or photos under it (\"cut to the "
        'beat\"), or a background colour and titles ("dark blue background", "add a title"), then "export as mp4".',
        "目前还不能画出随声音变化的画面。可以这样做：添加片段或照片后说“卡点剪辑”，或者用纯色背景加标题（“背景用深蓝色”“加个标题”），"
        "再说“导出mp4”。",
        "Todavía no se pueden dibujar imágenes que se muevan con el sonido. Sí funciona: clips o fotos, o un color de "
        "fondo y títulos, y luego exportar como mp4.",
        "Dessiner des images qui bougent avec le son n’est pas encore possible. Ce qui marche : des clips ou photos, ou "
        "une couleur de fond et des titres, puis exporter en mp4.",
        "Bilder, die sich mit dem Ton bewegen, können noch nicht gezeichnet werden. Was geht: Clips oder Fotos, oder eine "
        "Hintergrundfarbe und Titel, dann als mp4 exportieren.",
        "Ainda não é possível desenhar imagens que se movem com o som. O que funciona: clipes ou fotos, ou uma cor de "
        "fundo e títulos, e depois exportar como mp4.",
        "音に合わせて動く映像はまだ描けません。クリップや写真、または背景色とタイトルを入れて、mp4で書き出してください。",
        "소리에 맞춰 움직이는 화면은 아직 그릴 수 없습니다. 클립이나 사진, 또는 배경색과 제목을 넣고 mp4로 내보내세요.",
    ),
}  # fmt: skip

_ACTIONS: dict[str, tuple[str, str, str, str, str, str, str, str]] = {
    "export": ("export", "导出", "exportar", "exporter", "exportieren", "exportar", "書き出し", "내보내기"),
    "cancel": ("cancel", "停止", "cancelar", "arrêter", "abbrechen", "cancelar", "中止", "취소"),
    "credits": ("credits", "积分", "créditos", "crédits", "Guthaben", "créditos", "クレジット", "크레딧"),
    "status": ("status", "状态", "estado", "état", "Stand", "estado", "状態", "상태"),
    "upload": ("upload", "上传", "subir", "téléverser", "hochladen", "enviar", "アップロード", "업로드"),
    "undo": ("undo", "撤销", "deshacer", "annuler", "rückgängig", "desfazer", "元に戻す", "실행 취소"),
    "redo": ("redo", "重做", "rehacer", "rétablir", "wiederholen", "refazer", "やり直し", "다시 실행"),
    "restore": ("restore", "恢复", "restaurar", "restaurer", "zurückholen", "restaurar", "復元", "복원"),
    "name_version": ("name", "命名", "nombrar", "nommer", "benennen", "nomear", "名前", "이름"),
}  # fmt: skip
_REASONS: dict[str, tuple[str, str, str, str, str, str]] = {  # English: es, fr, de, pt, ja, ko
    "There is nothing to undo: this is the first version.": (
        "no hay nada que deshacer.", "il n’y a rien à annuler.", "es gibt nichts rückgängig zu machen.",
        "não há nada a desfazer.", "元に戻すものがありません。", "되돌릴 것이 없습니다.",
    ),
    "There is nothing to redo.": (
        "no hay nada que rehacer.", "il n’y a rien à rétablir.", "es gibt nichts zu wiederholen.",
        "não há nada a refazer.", "やり直すものがありません。", "다시 실행할 것이 없습니다.",
    ),
    "There is no music on the timeline.": (
        "no hay música en la línea de tiempo.", "il n’y a pas de musique sur la timeline.",
        "auf der Timeline ist keine Musik.", "não há música na linha do tempo.", "タイムラインに音楽がありません。",
        "타임라인에 음악이 없습니다.",
    ),
    "There are no beats to cut to.": (
        "no hay pulsos a los que cortar; añade música antes.", "il n’y a pas de temps sur lesquels couper ; ajoutez "
        "d’abord de la musique.", "es gibt keine Schläge zum Schneiden; füge zuerst Musik hinzu.",
        "não há batidas para cortar; adicione música antes.", "合わせる拍がありません。先に音楽を追加してください。",
        "맞출 박자가 없습니다. 먼저 음악을 추가해 주세요.",
    ),
    "I did not understand that.": (
        "no lo he entendido; di qué cambiar y cómo.", "je n’ai pas compris ; dites quoi changer et comment.",
        "das habe ich nicht verstanden; sag, was sich wie ändern soll.", "não entendi; diga o que mudar e como.",
        "わかりませんでした。何をどう変えるか言ってください。",
        "이해하지 못했습니다. 무엇을 어떻게 바꿀지 말해 주세요.",
    ),
    "stopped": ("detenido", "arrêté", "angehalten", "parado", "中止しました", "중지했습니다"),
}  # fmt: skip

_HEADINGS = {  # "Timeline (3 tracks):"
    "es": ("Línea de tiempo ({} pista):", "Línea de tiempo ({} pistas):"),
    "fr": ("Timeline ({} piste) :", "Timeline ({} pistes) :"),
    "de": ("Timeline ({} Spur):", "Timeline ({} Spuren):"),
    "pt": ("Linha do tempo ({} faixa):", "Linha do tempo ({} faixas):"),
    "ja": ("タイムライン（{} トラック）：", "タイムライン（{} トラック）："),
    "ko": ("타임라인 (트랙 {}개):", "타임라인 (트랙 {}개):"),
}


def frame(key: str, language: str, *fillings: object) -> str:
    """The words for this, in the language; English where there are none."""
    n = LANGUAGES.index(language) if language in LANGUAGES else 0
    return _FRAMES[key][n].format(*fillings)


def action_name(name: str, language: str) -> str:
    """An action as people of the language call it."""
    n = LANGUAGES.index(language) if language in LANGUAGES else 0
    return _ACTIONS[name][n] if name in _ACTIONS else name.replace("_", " ")


def reason(english: str, language: str) -> str:
    """Why something was not done, in the language where the reason is a frequent one; else as it is."""
    if language not in LANGUAGES[2:]:
        return english
    n = LANGUAGES.index(language) - 2
    folded = english.casefold()
    return next((told[n] for known, told in _REASONS.items() if folded.startswith(known.casefold())), english)


def timeline_line(line: str, language: str) -> str:
    """The timeline's line, given in English or Chinese, with its heading in the language."""
    start, _, rest = line.partition(":")
    digits = "".join(c for c in start if c.isdecimal())
    if language not in _HEADINGS or not digits:
        return line
    one, many = _HEADINGS[language]
    return f"{(one if digits == '1' else many).format(digits)} {rest.strip()}".strip()
