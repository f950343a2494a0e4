// An adapter for LISA in one file without dependencies: C# 5, for the compiler that every Windows has, and for mono.
// A presence sensor whose measurement stands in a text file. It speaks lines of JSON on its standard input and output
// (docs/adapter.md). To begin with a device of your own (a DLL by DllImport), change Measured(), and say in Who who it
// is. Whatever is for people goes to Console.Error, never to Console.Out.
//
//   C:\Windows\Microsoft.NET\Framework64\v4.0.30319\csc.exe Sensor.cs        or: mcs Sensor.cs
//
//   LISA starts it:  binding = "adapter:mono Sensor.exe abstand.txt"
//   LISA dials it:   binding = "adapter:tcp://127.0.0.1:4100"
//                    Sensor.exe abstand.txt --listen 127.0.0.1:4100
//   from another computer, with key_file = "adapter.key":
//                    Sensor.exe abstand.txt --listen 0.0.0.0:4100 --key adapter.key
//
// What LISA says here is flat, so Word() takes it out of a line; for slots with more to say, take the JSON library that
// you use anyway.
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

static class Sensor
{
    const string Who = "{\"vendor\":\"Beispiel GmbH\",\"model\":\"PX-2\",\"serial\":\"0001\",\"firmware\":\"1.0\"}";
    const int EveryMs = 100;
    static string file = "abstand.txt";

    // The device: centimetres to whoever stands there, or nobody. Here a text file says so, and is changed by an editor.
    static string Measured()
    {
        int cm;
        try
        {
            return int.TryParse(File.ReadAllText(file).Trim(), out cm)
                ? "{\"moving_cm\":" + cm + ",\"moving_energy\":60}"
                : "{}";
        }
        catch (IOException)
        {
            return "{}";
        }
    }

    // One conversation: Take() gets each line of LISA's, say() sends one back.
    sealed class Conversation
    {
        readonly Action<string> say;
        readonly Dictionary<string, Timer> reporting = new Dictionary<string, Timer>();

        public Conversation(Action<string> say) { this.say = say; }

        public void Take(string line)
        {
            string id = Word(line, "id");
            switch (Word(line, "type"))
            {
                case "hello":
                    Say("{\"type\":\"hello\",\"version\":1,\"slot\":\"" + Word(line, "slot") + "\",\"identity\":" + Who
                        + ",\"can\":[\"entfernung\",\"kennung\"]}");
                    break;
                case "ping":
                    long us = (long)(Stopwatch.GetTimestamp() * (1000000.0 / Stopwatch.Frequency));
                    Say("{\"type\":\"pong\",\"id\":" + id + ",\"at_us\":" + us + "}");
                    break;
                case "call":
                    if (Word(line, "method") == "reports")
                        lock (reporting) reporting[id] = new Timer(delegate { Report(id); }, null, 0, EveryMs);
                    else
                        Say("{\"type\":\"fault\",\"id\":" + id + ",\"code\":\"presence.silent\",\"text\":\"Das kann er nicht.\"}");
                    break;
                case "stop":
                    lock (reporting)
                    {
                        reporting[id].Dispose();
                        reporting.Remove(id);
                        Say("{\"type\":\"end\",\"id\":" + id + "}");
                    }
                    break;
                default:
                    throw new InvalidDataException("a line of type " + Word(line, "type"));
            }
        }

        public void Close()
        {
            lock (reporting)
            {
                foreach (Timer timer in reporting.Values) timer.Dispose();
                reporting.Clear();
            }
        }

        void Report(string id)
        {
            lock (reporting)
                if (reporting.ContainsKey(id)) // a timer may fire once more after it was stopped
                    Say("{\"type\":\"event\",\"id\":" + id + ",\"value\":" + Measured() + "}");
        }

        void Say(string line)
        {
            lock (say)
            {
                try { say(line); }
                catch (IOException) { } // LISA has ended
                catch (ObjectDisposedException) { }
            }
        }
    }

    // The key: both ends show that they have it, and from then on every line is signed.
    sealed class Seal
    {
        readonly byte[] key;
        byte[] nonces = null, ours = null, theirs = null;
        long said = 0, heard = 0;

        public Seal(byte[] key) { this.key = key; }

        public bool Proved { get { return key == null || theirs != null; } }

        public string Prove(string line) // what to answer, null for nothing
        {
            if (nonces == null)
            {
                if (Word(line, "type") != "key") throw new InvalidDataException("no key was shown");
                byte[] nonce = new byte[32];
                using (RandomNumberGenerator random = RandomNumberGenerator.Create()) random.GetBytes(nonce);
                nonces = Joined(Convert.FromBase64String(Word(line, "nonce")), nonce);
                return "{\"type\":\"key\",\"nonce\":\"" + Convert.ToBase64String(nonce) + "\",\"proof\":\""
                    + Convert.ToBase64String(Of("adapter")) + "\"}";
            }
            if (!Same(Convert.FromBase64String(Word(line, "proof")), Of("lisa"))) throw new InvalidDataException("another key");
            ours = Of("from adapter");
            theirs = Of("from lisa");
            return null;
        }

        public string Sign(string text)
        {
            return key == null ? text : Hex(Mac(ours, said++, text)) + " " + text;
        }

        public string Check(string text)
        {
            if (key == null) return text;
            string content = text.Length > 65 ? text.Substring(65) : "";
            byte[] told = Encoding.ASCII.GetBytes(text.Length > 64 ? text.Substring(0, 64) : "");
            if (!Same(told, Encoding.ASCII.GetBytes(Hex(Mac(theirs, heard++, content)))))
                throw new InvalidDataException("a line that is not LISA's");
            return content;
        }

        byte[] Of(string label)
        {
            return Hash(key, Joined(Encoding.ASCII.GetBytes("lisa-adapter-1 " + label), nonces));
        }

        static byte[] Mac(byte[] secret, long count, string text)
        {
            return Hash(secret, Joined(BitConverter.GetBytes(IPAddress.HostToNetworkOrder(count)), Encoding.UTF8.GetBytes(text)));
        }

        static byte[] Hash(byte[] secret, byte[] data)
        {
            using (HMACSHA256 hmac = new HMACSHA256(secret)) return hmac.ComputeHash(data);
        }

        static bool Same(byte[] one, byte[] other)
        {
            int different = one.Length ^ other.Length;
            for (int at = 0; at < Math.Min(one.Length, other.Length); at++) different |= one[at] ^ other[at];
            return different == 0;
        }

        static byte[] Joined(byte[] one, byte[] other)
        {
            byte[] both = new byte[one.Length + other.Length];
            one.CopyTo(both, 0);
            other.CopyTo(both, one.Length);
            return both;
        }

        static string Hex(byte[] data) { return BitConverter.ToString(data).Replace("-", "").ToLowerInvariant(); }
    }

    static string Word(string line, string key)
    {
        Match found = Regex.Match(line, "\"" + key + "\":\\s*\"?([^\",}]*)");
        return found.Success ? found.Groups[1].Value : "";
    }

    static TextWriter Lines(Stream stream)
    {
        return new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
    }

    static void OnPipes()
    {
        TextWriter output = Lines(Console.OpenStandardOutput());
        TextReader input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        Conversation talk = new Conversation(output.WriteLine);
        for (string line = input.ReadLine(); line != null; line = input.ReadLine()) talk.Take(line);
        talk.Close(); // LISA has ended
    }

    static void OnTcp(string address, byte[] key)
    {
        int colon = address.LastIndexOf(':');
        TcpListener listener = new TcpListener(IPAddress.Parse(address.Substring(0, colon)), int.Parse(address.Substring(colon + 1)));
        listener.Start();
        Console.Error.WriteLine("listening on {0}", listener.LocalEndpoint);
        while (true)
        {
            TcpClient client = listener.AcceptTcpClient();
            client.NoDelay = true;
            new Thread(delegate() { Serve(client, key); }) { IsBackground = true }.Start();
        }
    }

    static void Serve(TcpClient client, byte[] key)
    {
        using (client)
        {
            TextWriter output = Lines(client.GetStream());
            TextReader input = new StreamReader(client.GetStream(), new UTF8Encoding(false));
            Seal seal = new Seal(key);
            Conversation talk = new Conversation(delegate(string line) { output.WriteLine(seal.Sign(line)); });
            try
            {
                for (string line = input.ReadLine(); line != null; line = input.ReadLine())
                {
                    if (seal.Proved) talk.Take(seal.Check(line));
                    else
                    {
                        string answer = seal.Prove(line);
                        if (answer != null) output.WriteLine(answer);
                    }
                }
            }
            catch (Exception error)
            {
                Console.Error.WriteLine("{0}: {1}", client.Client.RemoteEndPoint, error.Message);
            }
            talk.Close();
        }
    }

    static int Main(string[] words)
    {
        string listen = "", key = "";
        for (int at = 0; at < words.Length; at++)
        {
            if (words[at] == "--listen") listen = words[++at];
            else if (words[at] == "--key") key = words[++at];
            else file = words[at];
        }
        if (listen == "") OnPipes();
        else OnTcp(listen, key == "" ? null : Encoding.UTF8.GetBytes(File.ReadAllText(key).Trim()));
        return 0;
    }
}
