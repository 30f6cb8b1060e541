//! What a hostile or careless author may write, and what is published of it.

use super::audit::audit;
use super::html;

const CASES: &[(&str, &str)] = &[
    ("<script>alert(1)</script>", ""),
    ("text <script>alert(1)</script> more", "<p>text  more</p>"),
    ("the <script> element is **fine**", "<p>the &lt;script&gt; element is <strong>fine</strong></p>"),
    ("<script> element\n\n# Next", "&lt;script&gt; element\n\n# Next"),
    ("<div>\n<script>\na()\n\nb()\n</script>\n</div>\n\nend", "<div>\n</div>\n\n<p>end</p>"),
    ("<style>body{display:none}</style>x", "x"),
    ("<img src=x onerror=alert(1)>", "<img src=\"x\" alt=\"\" loading=\"lazy\">"),
    ("<img src=\"javascript:alert(1)\" alt=\"a\">", "a"),
    ("<svg onload=alert(1)><circle></svg>", "<p>&lt;svg&gt;&lt;circle&gt;&lt;/svg&gt;</p>"),
    ("<svg><script>alert(1)</script></svg>", "<p>&lt;svg&gt;&lt;/svg&gt;</p>"),
    (
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<p>&lt;math&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;/math&gt;</p>",
    ),
    ("<iframe src=\"javascript:alert(1)\"></iframe>", "&lt;iframe&gt;&lt;/iframe&gt;"),
    (
        "<object data=\"x\"></object> <embed src=x> <form action=x><input name=y></form>",
        "<p>&lt;object&gt;&lt;/object&gt; &lt;embed&gt; &lt;form&gt;&lt;input&gt;&lt;/form&gt;</p>",
    ),
    ("<a href=\"javascript:alert(1)\">x</a>", "<p>x</p>"),
    ("<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<p>x</p>"),
    ("<a href=\"&#106;avascript:alert(1)\">x</a>", "<p>x</p>"),
    ("<a href=\"java&#9;script:alert(1)\">x</a>", "<p>x</p>"),
    ("<a href=\" \u{1}javascript:alert(1)\">x</a>", "<p>x</p>"),
    (
        "<a href=\"https://e.org\" onclick=\"alert(1)\" style=\"x\" target=_blank>x</a>",
        "<p><a href=\"https://e.org\" rel=\"noopener noreferrer\">x</a></p>",
    ),
    ("[x](javascript:alert(1))", "<p>x</p>"),
    ("[x](&#106;avascript:alert(1))", "<p>x</p>"),
    ("[x](javascript&colon;alert(1))", "<p>x</p>"),
    ("[x](java\tscript:alert(1))", "<p>[x](java\tscript:alert(1))</p>"),
    ("[x](<java script:alert(1)>)", "<p>x</p>"),
    ("[x](data:text/html;base64,PHNjcmlwdD4=)", "<p>x</p>"),
    ("[x](vbscript:msgbox)", "<p>x</p>"),
    ("[x](//evil.example)", "<p><a href=\"//evil.example\" rel=\"noopener noreferrer\">x</a></p>"),
    ("[x](/\\\\evil.example)", "<p>x</p>"),
    ("[x][r]\n\n[r]: javascript:alert(1)", "<p>x</p>"),
    ("<javascript:alert(1)>", "<p>javascript:alert(1)</p>"),
    (
        "<https://e.org/\"onmouseover=\"alert(1)>",
        "<p><a href=\"https://e.org/%22onmouseover=%22alert(1)\" rel=\"noopener noreferrer\">https://e.org/\"onmouseover=\"alert(1)</a></p>",
    ),
    ("<a@b.c>", "<p><a href=\"mailto:a@b.c\" rel=\"noopener noreferrer\">a@b.c</a></p>"),
    (
        "![a\"onerror=\"alert(1)](x.png \"t\\\"onload=\\\"alert(1)\")",
        "<p><img src=\"x.png\" alt=\"a&quot;onerror=&quot;alert(1)\" title=\"t&quot;onload=&quot;alert(1)\" loading=\"lazy\"></p>",
    ),
    ("![x](javascript:alert(1))", "<p>x</p>"),
    ("![a](https://e.org/pic.png)", "<p><a href=\"https://e.org/pic.png\" rel=\"noopener noreferrer\">a</a></p>"),
    (
        "![](https://e.org/pic.png?x=1)",
        "<p><a href=\"https://e.org/pic.png?x=1\" rel=\"noopener noreferrer\">pic.png</a></p>",
    ),
    (
        "[![](https://e.org/b.svg)](https://e.org/ci)",
        "<p><a href=\"https://e.org/ci\" rel=\"noopener noreferrer\">b.svg</a></p>",
    ),
    (
        "[![](b.svg)](https://e.org/ci)",
        "<p><a href=\"https://e.org/ci\" rel=\"noopener noreferrer\"><img src=\"b.svg\" alt=\"b.svg\" loading=\"lazy\"></a></p>",
    ),
    (
        "# h {onclick=alert(1) #id .cls}",
        "<h2 id=\"h-onclick-alert-1-id-cls\">h {onclick=alert(1) #id .cls} <a class=\"anchor\" href=\"#h-onclick-alert-1-id-cls\" aria-label=\"Link to this section\">#</a></h2>",
    ),
    (
        "```js\" onload=\"alert(1)\nx</code></pre><script>y\n```",
        "<pre tabindex=\"0\"><code class=\"language-js\">x&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;y\n</code></pre>",
    ),
    (
        "| a\" |\n|:-:|\n| <script>x</script> |",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n<th class=\"align-center\">a\"</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-center\"></td>\n</tr>\n</tbody>\n</table>\n</div>",
    ),
    (
        "| a | b |\n|:--|--:|\n| `</td>` | <td>z</td> |",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n<thead>\n<tr>\n<th class=\"align-left\">a</th>\n<th class=\"align-right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-left\"><code>&lt;/td&gt;</code></td>\n<td class=\"align-right\"> z</td>\n</tr>\n</tbody>\n</table>\n</div>",
    ),
    (
        "<table><tr><td>a</table>",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n<tr>\n<td>a</td>\n</tr>\n</table>\n</div>",
    ),
    ("<td>a</td><tr>b", " a b"),
    (
        "<table>text<tr>more<td>c",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">\n<table>\n<tr>\n<td>text</td>\n</tr>\n<tr>\n<td>more</td>\n<td>c</td>\n</tr>\n</table>\n</div>",
    ),
    ("<li>a<li>b</ul>after", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nafter"),
    ("<ul>stray<li>a<ul><li>b</ul></ul>", "<ul>\n<li>stray</li>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
    ("a <p> b", "<div>a <p> b</p>\n</div>"),
    ("a <div> b </div> c", "<div>a <div> b </div>\n c</div>"),
    ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>"),
    ("**a <div>b** c</div>", "<p><strong>a  b</strong> c</p>"),
    ("<b>open\n\nnext</b> para", "<p><b>open</b></p>\n<p>next para</p>"),
    (
        "<a href=\"https://e.org\">one <a href=\"https://f.org\">two</a></a>",
        "<p><a href=\"https://e.org\" rel=\"noopener noreferrer\">one </a><a href=\"https://f.org\" rel=\"noopener noreferrer\">two</a></p>",
    ),
    (
        "[a <a href=\"https://e.org\">b</a> c](https://f.org)",
        "<p><a href=\"https://f.org\" rel=\"noopener noreferrer\">a b c</a></p>",
    ),
    (
        "<a href=\"https://f.org\">[a](https://e.org)</a>",
        "<p><a href=\"https://f.org\" rel=\"noopener noreferrer\">a</a></p>",
    ),
    ("[](https://e.org/x/y)", "<p><a href=\"https://e.org/x/y\" rel=\"noopener noreferrer\">y</a></p>"),
    ("<a href=\"https://e.org\"></a>", "<p><a href=\"https://e.org\" rel=\"noopener noreferrer\">e.org</a></p>"),
    ("<a name=\"x\">target</a>", "<p><span class=\"landmark\" id=\"x\"></span>target</p>"),
    ("<!-- secret --> shown", " shown"),
    ("a <!-- secret --> b", "<p>a  b</p>"),
    ("<!-- open\n\n# never", ""),
    ("<?php echo \"<b>x</b>\" ?> y", " y"),
    ("<!DOCTYPE html> z", " z"),
    ("<![CDATA[ <b>x</b> ]]> w", " w"),
    ("<dialog open onclick=x>text</dialog>", "&lt;dialog&gt;text&lt;/dialog&gt;"),
    (
        "the `<slot>` and <slot> and <JSObject> here",
        "<p>the <code>&lt;slot&gt;</code> and &lt;slot&gt; and &lt;JSObject&gt; here</p>",
    ),
    (
        "<ahref=\"https://e.org\">x</a>",
        "<p>&lt;ahref=\"<a href=\"https://e.org\" rel=\"noopener noreferrer\">https://e.org</a>\"&gt;x</p>",
    ),
    (
        "<details><summary>S</summary>\n\n**b**\n\n</details>\n\nafter",
        "<details><summary>S</summary>\n\n<p><strong>b</strong></p>\n</details>\n\n<p>after</p>",
    ),
    ("<details>no summary</details>", "<details><summary>Details</summary>\nno summary</details>"),
    ("<details open><p>x</details>", "<details open><summary>Details</summary>\n<p>x</p>\n</details>"),
    ("</div></section></main></body></html>", "&lt;/section&gt;&lt;/main&gt;&lt;/body&gt;&lt;/html&gt;"),
    (
        "<base href=\"//evil\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>",
        "&lt;base&gt;&lt;meta&gt;&lt;link&gt;",
    ),
    ("<textarea><script>alert(1)</script></textarea>", "&lt;textarea&gt;&lt;/textarea&gt;"),
    (
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<div>&lt;noscript&gt;<p>&lt;/noscript&gt;</p>\n</div>",
    ),
    (
        "<title></title><img src=x onerror=alert(1)>",
        "&lt;title&gt;&lt;/title&gt;<img src=\"x\" alt=\"\" loading=\"lazy\">",
    ),
    (
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<p>&lt;xmp&gt;<img src=\"x\" alt=\"\" loading=\"lazy\">&lt;/xmp&gt;</p>",
    ),
    ("<plaintext>**a**", "<p>&lt;plaintext&gt;<strong>a</strong></p>"),
    ("<b <script>alert(1)</script>", "<p>&lt;b </p>"),
    ("<<script>alert(1)//<</script>", "<p>&lt;</p>"),
    ("<scr<script>ipt>alert(1)</scr</script>ipt>", "<p>&lt;script&gt;</p>"),
    ("<p title=\"--><script>\">x</p>", "<p>x</p>"),
    ("<abbr title=\"a&quot;><script>\">x</abbr>", "<p><abbr title=\"a&quot;&gt;&lt;script&gt;\">x</abbr></p>"),
    ("<div style=\"background:url(javascript:alert(1))\">x</div>", "<div>x</div>"),
    (
        "<h1 id=top onclick=x>Big</h1>\n\n<h3>Small</h3>",
        "<h2><span class=\"landmark\" id=\"top\"></span>Big</h2>\n\n<h3>Small</h3>",
    ),
    ("<h2></h2>", ""),
    (
        "<ol start=\"3\"><li>c</ol> <ol start=\"x\"><li>d</ol>",
        "<ol start=\"3\">\n<li>c</li>\n</ol>\n <ol>\n<li>d</li>\n</ol>",
    ),
    ("<td onmouseover=x colspan=99999>", ""),
    (
        "x[^1] y[^1]\n\n[^1]: note <script>z</script>",
        "<p>x<sup class=\"footnote\" id=\"fnref:1\"><a href=\"#fn:1\" aria-label=\"Footnote 1\">1</a></sup> y<sup class=\"footnote\"><a href=\"#fn:1\" aria-label=\"Footnote 1\">1</a></sup></p>\n<ol class=\"footnotes\">\n<li id=\"fn:1\" value=\"1\"><p>note  <a href=\"#fnref:1\" aria-label=\"Back to the text\">\u{21a9}</a></p></li>\n</ol>",
    ),
    (
        "x[^\"><b>]\n\n[^\"><b>]: n",
        "<p>x<sup class=\"footnote\" id=\"fnref:1\"><a href=\"#fn:1\" aria-label=\"Footnote 1\">1</a></sup></p>\n<ol class=\"footnotes\">\n<li id=\"fn:1\" value=\"1\"><p>n <a href=\"#fnref:1\" aria-label=\"Back to the text\">\u{21a9}</a></p></li>\n</ol>",
    ),
    (
        "- [x] done\n- [ ] open",
        "<ul>\n<li><span class=\"task\" role=\"img\" aria-label=\"done\">\u{2611}</span> done</li>\n<li><span class=\"task\" role=\"img\" aria-label=\"not done\">\u{2610}</span> open</li>\n</ul>",
    ),
    (
        "> [!WARNING]\n> careful",
        "<blockquote class=\"alert alert-warning\">\n<p class=\"alert-title\">Warning</p>\n<p>careful</p>\n</blockquote>",
    ),
    (
        "> # quoted",
        "<blockquote>\n<h2 id=\"quoted\">quoted <a class=\"anchor\" href=\"#quoted\" aria-label=\"Link to this section\">#</a></h2>\n</blockquote>",
    ),
    (
        "[[CHG-1]] [[change:CHG-2|the *x*]] [[PRB-3|p]] [[PRB-4]]",
        "<p><a href=\"/c/CHG-1\">CHG-1</a> <a href=\"/c/CHG-2\">the <em>x</em></a> p PRB-4</p>",
    ),
    ("[[CHG-1|\"><script>alert(1)</script>]]", "<p><a href=\"/c/CHG-1\">\"&gt;</a></p>"),
    (
        "see CHG-7, `CHG-8`, [CHG-9](x.md), https://e/CHG-1 and <b>CHG-5</b>",
        "<p>see <a href=\"/c/CHG-7\">CHG-7</a>, <code>CHG-8</code>, <a href=\"x.md\">CHG-9</a>, <a href=\"https://e/CHG-1\" rel=\"noopener noreferrer\">https://e/CHG-1</a> and <b><a href=\"/c/CHG-5\">CHG-5</a></b></p>",
    ),
    (
        "# CHG-7 and [[CHG-8]]",
        "<h2 id=\"chg-7-and-chg-8\">CHG-7 and <a href=\"/c/CHG-8\">CHG-8</a> <a class=\"anchor\" href=\"#chg-7-and-chg-8\" aria-label=\"Link to this section\">#</a></h2>",
    ),
    ("a &lt;script&gt; &#60;b&#62; &amp;lt;", "<p>a &lt;script&gt; &lt;b&gt; &amp;lt;</p>"),
    ("~~a~~ a\\\\\nb  \nc", "<p><del>a</del> a\\\nb<br>\nc</p>"),
    (
        "<img src=\"a.png\" width=\"10\" height=x srcset=\"b\" loading=eager>",
        "<img src=\"a.png\" alt=\"\" width=\"10\" loading=\"lazy\">",
    ),
    ("<pre>\n <b>a</b>\n\n <script>x</script>\n</pre>", "<pre tabindex=\"0\">\n <b>a</b>\n\n \n</pre>"),
    (
        "<q>a</q><kbd>CHG-1</kbd><mark>b</mark><cite>c</cite><strike>d</strike>",
        "<p><q>a</q><kbd>CHG-1</kbd><mark>b</mark><cite>c</cite><s>d</s></p>",
    ),
    ("a<br/>b<hr>c", "<div>a<br>\nb<hr>\nc</div>"),
    ("<blockquote><p>q</blockquote>", "<blockquote>\n<p>q</p>\n</blockquote>"),
    ("<dt>a<dd>b<p>c", "<dl>\n<dt>a</dt>\n<dd>b<p>c</p>\n</dd>\n</dl>"),
    ("<span class=x>a</span><font color=red>b</font>", "<p>a&lt;font&gt;b&lt;/font&gt;</p>"),
    ("<center>a</center>", "&lt;center&gt;a&lt;/center&gt;"),
    (
        "<video src=\"https://e.org/a.mp4\" controls></video>",
        "<p><a href=\"https://e.org/a.mp4\" rel=\"noopener noreferrer\">a.mp4</a></p>",
    ),
    // Ids of the author's.
    ("<a id=\"a\"></a>\n\ntext", "<p><span class=\"landmark\" id=\"a\"></span>text</p>"),
    (
        "<a id=\"a\"></a>\n\n## B",
        "<h2 id=\"b\">B <a class=\"anchor\" href=\"#b\" aria-label=\"Link to this section\">#</a></h2>\n<span class=\"landmark\" id=\"a\"></span>",
    ),
    ("x <a id=\"a\"></a>", "<p>x </p>\n<span class=\"landmark\" id=\"a\"></span>"),
    (
        "<p id='a\" onclick=alert(1) x=\"'>x</p>",
        "<p><span class=\"landmark\" id=\"a--onclick-alert-1--x--\"></span>x</p>",
    ),
    ("<b id=\"a&quot;><script>\">x</b>", "<p><span class=\"landmark\" id=\"a---script-\"></span><b>x</b></p>"),
    (
        "<b id=a>x</b> <i id=a>y</i>",
        "<p><span class=\"landmark\" id=\"a\"></span><b>x</b> <span class=\"landmark\" id=\"a-1\"></span><i>y</i></p>",
    ),
    ("<form id=f name=g><input id=h name=i></form>", "&lt;form&gt;&lt;input&gt;&lt;/form&gt;"),
    (
        "<img id=i name=cookie src=x>",
        "<span class=\"landmark\" id=\"i\"></span><img src=\"x\" alt=\"\" loading=\"lazy\">",
    ),
    ("<a id=\"\">x</a><a id=\"--\">y</a>", "<p>xy</p>"),
    (
        "## A {#x onclick=alert(1)}",
        "<h2 id=\"a-x-onclick-alert-1\">A {#x onclick=alert(1)} <a class=\"anchor\" href=\"#a-x-onclick-alert-1\" aria-label=\"Link to this section\">#</a></h2>",
    ),
    (
        "## A *b* {#x .y}",
        "<h2 id=\"x\">A <em>b</em> <a class=\"anchor\" href=\"#x\" aria-label=\"Link to this section\">#</a></h2>",
    ),
    (
        "<ul id=u><li id=v>x</ul>",
        "<ul>\n<li><span class=\"landmark\" id=\"u\"></span><span class=\"landmark\" id=\"v\"></span>x</li>\n</ul>",
    ),
    ("<script id=s>x</script><style id=t></style>y", "y"),
    // Bare addresses.
    (
        "https://e.org/\"onmouseover=alert(1) x",
        "<p><a href=\"https://e.org/\" rel=\"noopener noreferrer\">https://e.org/</a>\"onmouseover=alert(1) x</p>",
    ),
    (
        "https://e.org/'onmouseover='alert(1)",
        "<p><a href=\"https://e.org/&#39;onmouseover=&#39;alert(1)\" rel=\"noopener noreferrer\">https://e.org/'onmouseover='alert(1)</a></p>",
    ),
    ("javascript://e.org/%0aalert(1)", "<p>javascript://e.org/%0aalert(1)</p>"),
    (
        "java&#115;cript://e.org/%0aalert(1) vbscript://x data://x",
        "<p>javascript://e.org/%0aalert(1) vbscript://x data://x</p>",
    ),
    (
        "javascript:https://e.org",
        "<p>javascript:<a href=\"https://e.org\" rel=\"noopener noreferrer\">https://e.org</a></p>",
    ),
    ("ftp://e.org file://e.org xhttps://e.org", "<p>ftp://e.org file://e.org xhttps://e.org</p>"),
    ("h&#116;tps://e.org", "<p><a href=\"https://e.org\" rel=\"noopener noreferrer\">https://e.org</a></p>"),
    (
        "https&colon;//e.org/<b>x</b>",
        "<p><a href=\"https://e.org/\" rel=\"noopener noreferrer\">https://e.org/</a><b>x</b></p>",
    ),
    (
        "`https://e.org` [https://e.org](x) <https://f.org>",
        "<p><code>https://e.org</code> <a href=\"x\">https://e.org</a> <a href=\"https://f.org\" rel=\"noopener noreferrer\">https://f.org</a></p>",
    ),
    (
        "<a href=\"x\">see https://e.org</a> <kbd>https://e.org</kbd>",
        "<p><a href=\"x\">see https://e.org</a> <kbd>https://e.org</kbd></p>",
    ),
    (
        "(https://e.org/a, www.e.org).",
        "<p>(<a href=\"https://e.org/a\" rel=\"noopener noreferrer\">https://e.org/a</a>, <a href=\"http://www.e.org\" rel=\"noopener noreferrer\">www.e.org</a>).</p>",
    ),
    ("https://e.org\\\\@evil.example", "<p>https://e.org\\@evil.example</p>"),
    (
        "https://e.org/\u{202e}gpj.exe",
        "<p><a href=\"https://e.org/\" rel=\"noopener noreferrer\">https://e.org/</a>\u{202e}gpj.exe</p>",
    ),
    (
        "a@b.org, mailto:c@d.org",
        "<p><a href=\"mailto:a@b.org\" rel=\"noopener noreferrer\">a@b.org</a>, mailto:c@d.org</p>",
    ),
    (
        "# https://e.org",
        "<h2 id=\"https-e-org\"><a href=\"https://e.org\" rel=\"noopener noreferrer\">https://e.org</a> <a class=\"anchor\" href=\"#https-e-org\" aria-label=\"Link to this section\">#</a></h2>",
    ),
    ("    https://e.org", "<pre tabindex=\"0\"><code>https://e.org</code></pre>"),
];

#[test]
fn hostile_and_careless_bodies_come_out_sound() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter(|(body, expected)| html(body) != *expected || audit(&html(body)) != Ok(()))
        .map(|(body, expected)| {
            format!("{body}\n  gives  {}\n  wanted {expected}\n  audit {:?}", html(body), audit(&html(body)))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
